using Fukami.Lab;

namespace Fukami.Web;

/// <summary>An experiment cannot be run now, or failed while it ran.</summary>
internal sealed class QueueException(LocalizedText sentence, Exception? inner = null) : LabException(sentence, inner);
