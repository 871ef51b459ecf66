using System.Text;
using CsCheck;

namespace Fukami.Web.Tests;

/// <summary>The visitor without a browser is itself right: it draws what arrives, and what goes wrong does not escape it.</summary>
public sealed class CircuitTests(StudyHall hall) : StudyTest(hall)
{
    [Fact]
    public void A_batch_draws_its_elements_attributes_handlers_and_texts_and_a_later_one_changes_them()
    {
        var page = new RenderedPage();
        page.Attach(0);
        page.Apply(new RenderBatch(Batch(
            edits: [(EditKind.Insert, 0, 0, -1), (EditKind.Insert, 1, 5, -1)],
            frames: [(FrameKind.Element, 5, 0, 0), (FrameKind.Attribute, 1, 2, 0), (FrameKind.Attribute, 3, -1, 7), (FrameKind.Region, 2, 0, 0), (FrameKind.Text, 4, 0, 0), (FrameKind.Markup, 5, 0, 0)],
            texts: ["button", "class", "primary big", "onclick", "Begin", "<p>始める</p>"])));
        RenderedNode button = Assert.Single(page.Elements);
        Assert.Equal("button", button.Name);
        Assert.True(button.Is("primary") && button.Is("big") && !button.Is("prim"));
        Assert.Equal(7UL, button.Handlers["onclick"]);
        Assert.Equal("Begin<p>始める</p>", page.Words);

        page.Apply(new RenderBatch(Batch(
            edits: [(EditKind.SetAttribute, 0, 1, -1), (EditKind.RemoveAttribute, 0, 0, 2), (EditKind.StepIn, 0, 0, -1), (EditKind.SetText, 0, 0, -1), (EditKind.StepOut, 0, 0, -1), (EditKind.Move, 0, 1, -1), (EditKind.Move, 1, 0, -1), (EditKind.EndOfMoves, 0, 0, -1)],
            frames: [(FrameKind.Text, 0, 0, 0), (FrameKind.Attribute, 1, 3, 0)],
            texts: ["Stop", "disabled", "class", ""])));
        Assert.False(button.IsEnabled || button.Is("primary"));
        Assert.Equal("<p>始める</p>Stop", page.Words);
    }

    [Fact]
    public void Bytes_that_are_no_batch_are_refused_with_a_sentence()
    {
        byte[] whole = Batch(
            edits: [(EditKind.Insert, 0, 0, -1), (EditKind.StepIn, 0, 0, -1), (EditKind.SetText, 0, 2, -1), (EditKind.StepOut, 0, 0, -1)],
            frames: [(FrameKind.Element, 3, 0, 0), (FrameKind.Attribute, 1, 2, 0), (FrameKind.Text, 3, 0, 0)],
            texts: ["button", "class", "primary", "Begin"]);
        Gen.Select(Gen.Int[0, whole.Length], Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((length, at, value) =>
        {
            byte[] changed = [.. whole];
            changed[at] = value;
            var page = new RenderedPage();
            page.Attach(0);
            try
            {
                page.Apply(new RenderBatch(changed[..length]));
            }
            catch (InvalidDataException e)
            {
                Assert.NotEmpty(e.Message);
            }
        });
    }

    [Fact]
    public async Task A_visitor_without_a_browser_notices_that_the_app_went_away()
    {
        FukamiServer server = await ServeAsync();
        await using CircuitVisitor aki = await CircuitVisitor.BeginAsync(server, "Aki");
        await aki.OpenAsync("baseline");
        Task<long> never = aki.Page.UntilAsync(page => page.Words.Contains("Question 99", StringComparison.Ordinal));
        server.Kill();
        InvalidOperationException noticed = await Assert.ThrowsAsync<InvalidOperationException>(() => never);
        Assert.Contains("connection", noticed.Message, StringComparison.Ordinal);
    }

    /// <summary>A batch of one component, numbered 0, written as the framework does.</summary>
    private static byte[] Batch((EditKind Kind, int Place, int Operand, int Attribute)[] edits, (FrameKind Kind, int First, int Second, long Handler)[] frames, string[] texts)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(0);
        writer.Write(edits.Length);
        foreach ((EditKind kind, int place, int operand, int attribute) in edits)
        {
            Array.ForEach([(int)kind, place, operand, attribute], writer.Write);
        }

        int changes = Begin(1);
        writer.Write(0);
        int news = Begin(frames.Length);
        foreach ((FrameKind kind, int first, int second, long handler) in frames)
        {
            Array.ForEach([(int)kind, first, second], writer.Write);
            writer.Write(handler);
        }

        int components = Begin(0);
        int handlers = Begin(0);
        int[] places = [.. texts.Select(text =>
        {
            int place = (int)stream.Position;
            writer.Write(text);
            return place;
        })];
        int table = (int)stream.Position;
        Array.ForEach([.. places, changes, news, components, handlers, table], writer.Write);
        return stream.ToArray();

        int Begin(int count)
        {
            int place = (int)stream.Position;
            writer.Write(count);
            return place;
        }
    }
}
