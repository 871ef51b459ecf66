using Fukami.Course;
using Microsoft.AspNetCore.Components;

namespace Fukami.Web.Components;

/// <summary>A page of a learner: whoever has not been chosen yet is led to the choice, and what another of their pages stores appears here too.</summary>
public abstract class LearnerPage : StudyComponent, IDisposable
{
    private IDisposable? listening;

    /// <summary>The learner; none while the page is on its way to the choice.</summary>
    protected Learner? Learner { get; private set; }

    [Inject]
    internal StudyRoom Room { get; set; } = null!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (await Room.LearnerAsync() is not { } learner)
        {
            Navigation.NavigateTo("start", forceLoad: true);
            return;
        }

        Learner = learner;
        await LoadAsync(learner);
        if (RendererInfo.IsInteractive)
        {
            listening = Room.Listen(learner, () => _ = InvokeAsync(ChangedAsync));
        }
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync(Learner learner);

    /// <summary>Another page of the learner has stored something: what is shown is read again.</summary>
    protected virtual async Task ChangedAsync()
    {
        await LoadAsync(Learner!);
        StateHasChanged();
    }

    /// <summary>The page is left.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            listening?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }
}
