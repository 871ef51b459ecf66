namespace Fukami.Tensors.Tests;

public sealed class WorkspaceTests
{
    [Fact]
    public void The_next_storages_are_zeros_in_the_place_of_the_last()
    {
        var workspace = new Workspace();
        var first = new Parameter("first", new Shape(300, 500), workspace: workspace);
        first.Values.Fill(1);
        first.Gradient.Fill(2);
        long bytes = workspace.Bytes;
        workspace.TakeStoragesBack();
        var values = new Storage("values", new Shape(500, 300), workspace);
        var next = new Parameter("next", new Shape(500, 300), workspace: workspace);
        Assert.Equal(new float[150_000], values.Values.ToArray());
        Assert.Equal(new float[150_000], next.Values.ToArray());
        Assert.Equal(bytes, workspace.Bytes);
        Assert.Equal(new float[150_000], next.Gradient.ToArray());
    }

    [Fact]
    public void A_storage_whose_memory_was_taken_back_is_refused()
    {
        var workspace = new Workspace();
        var parameter = new Parameter("blocks.0.up", new Shape(2, 2), workspace: workspace);
        Assert.Equal(0, parameter.Gradient[0]);
        workspace.TakeStoragesBack();
        Assert.Contains("blocks.0.up belongs to an earlier model", Assert.Throws<InvalidOperationException>(() => parameter.Values.Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => parameter.Gradient.Length);
        var tape = new Tape(new ThreadTeam(1));
        tape.Begin();
        Assert.Throws<InvalidOperationException>(() => tape.Of(parameter));
    }

    [Fact]
    public void A_tape_goes_on_in_the_memory_of_the_last_which_is_then_refused()
    {
        var workspace = new Workspace();
        var first = new Tape(new ThreadTeam(1), workspace);
        first.Begin();
        Tensor old = first.Input([1f, 2f], new Shape(2));
        Assert.Equal([2f, 4f], (old + old).Values.ToArray());
        long bytes = workspace.Bytes;

        var second = new Tape(new ThreadTeam(2), workspace);
        second.Begin();
        Tensor x = second.Input([3f, 4f], new Shape(2));
        Assert.Equal([6f, 8f], (x + x).Values.ToArray());
        Assert.Equal(bytes, workspace.Bytes);
        Assert.Contains("Another tape", Assert.Throws<InvalidOperationException>(() => old.Values.Length).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => first.Begin());
    }
}
