using Fukami.Lab;

namespace Fukami.Web;

/// <summary>The app cannot begin to serve: a port that is taken, an address that is not this machine's.</summary>
public sealed class ServeException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
