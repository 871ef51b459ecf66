using Fukami.Lab;

namespace Fukami.Web;

/// <summary>What all pages of the lab share.</summary>
/// <param name="Queue">Runs experiments.</param>
/// <param name="Ahead">Measures what may come next.</param>
/// <param name="Memory">What runs leave for later ones.</param>
/// <param name="Reports">The last reports.</param>
/// <param name="Models">The models that may be opened.</param>
/// <param name="Time">The clock.</param>
internal sealed record LabTools(ExperimentQueue Queue, AheadLane Ahead, ExperimentMemory Memory, RecentReports Reports, ModelAccess Models, TimeProvider Time);
