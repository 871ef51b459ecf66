using Fukami.Course;
using Microsoft.AspNetCore.Components.Authorization;

namespace Fukami.Web;

/// <summary>What a learner studies with, for as long as a page is open: the course, their own events and nobody else's, the clock, the judge of words.</summary>
/// <param name="course">The course.</param>
/// <param name="store">The learners.</param>
/// <param name="changes">What tells of other pages.</param>
/// <param name="time">The clock.</param>
/// <param name="whoIs">Who is at the page; their cookie says so, and never an address.</param>
internal sealed class StudyRoom(CourseContent course, ILearnerStore store, LearnerChanges changes, TimeProvider time, AuthenticationStateProvider whoIs)
{
    private readonly ChatSettings? chat = ChatSettings.Of();
    private readonly ILearnerStore own = store is WatchedStore watched ? watched.By(new object()) : store;

    /// <summary>The course.</summary>
    public CourseContent Course => course;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The chat model that is configured; none if none is.</summary>
    public ChatSettings? Chat => chat;

    /// <summary>The store, for <see cref="StudyRun"/>.</summary>
    public ILearnerStore Store => own;

    /// <summary>The learner at this page; none if nobody has been chosen, or if they were deleted.</summary>
    public async Task<Learner?> LearnerAsync()
    {
        AuthenticationState state = await whoIs.GetAuthenticationStateAsync().ConfigureAwait(false);
        return SignIn.LearnerOf(state.User) is { } id ? await own.FindAsync(id).ConfigureAwait(false) : null;
    }

    /// <summary>The events of a learner.</summary>
    public Task<IReadOnlyList<StudyEvent>> EventsAsync(Learner learner) => own.ReadAsync(learner.Id);

    /// <summary>Where a learner stands.</summary>
    public async Task<LearnerState> StateAsync(Learner learner) => LearnerState.Of(course, await EventsAsync(learner).ConfigureAwait(false));

    /// <summary>Stores an event.</summary>
    public Task AddAsync(Learner learner, StudyEvent happened) => own.AppendAsync(learner.Id, happened);

    /// <summary>Judges a learner's words: by the chat model that is configured if they agree, else here.</summary>
    public IOpenJudge Judge(Func<string?> consent) => OpenJudges.For(consent, chat);

    /// <summary>Calls back when another page of the learner has stored something.</summary>
    public IDisposable Listen(Learner learner, Action changed)
    {
        object? me = own is WatchedStore watched ? watched.Writer : null;
        return changes.Listen(learner.Id, by =>
        {
            if (by is null || by != me)
            {
                changed();
            }
        });
    }
}
