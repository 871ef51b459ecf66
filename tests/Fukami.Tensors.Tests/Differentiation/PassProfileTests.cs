namespace Fukami.Tensors.Tests;

public class PassProfileTests
{
    [Fact]
    public void Every_kind_of_step_is_counted_as_often_as_it_ran()
    {
        var profile = new PassProfile();
        var tape = new Tape(new ThreadTeam(2)) { Profile = profile };
        var weight = new Parameter("w", new Shape(8, 8));
        for (int pass = 0; pass < 3; pass++)
        {
            tape.Begin(training: true);
            Tensor x = tape.Input(new float[64], new Shape(8, 8));
            tape.Backward(x.Linear(weight).Gelu(), new float[64]);
        }

        Assert.Equal(3, Times("LinearProduct forward 0"));
        Assert.Equal(3, Times("LinearProduct backward 0"));
        Assert.Equal(3, Times("LinearProduct backward 1"));
        Assert.Equal(3, Times("Activation<GeluFunction> forward 0"));
        Assert.All(profile.Parts, p => Assert.True(p.Seconds >= 0));
        profile.Clear();
        Assert.Equal([(PassProfile.Waiting, 0.0, 0L)], profile.Parts);

        long Times(string part) => profile.Parts.Single(p => p.Part == part).Times;
    }

    [Fact]
    public void Measuring_changes_no_bit()
    {
        Assert.Equal(Gradient(null), Gradient(new PassProfile()));

        static float[] Gradient(PassProfile? profile)
        {
            var tape = new Tape(new ThreadTeam(2)) { Profile = profile };
            var weight = new Parameter("w", new Shape(8, 8));
            new RandomSource(1).FillNormal(weight.Values, 1);
            tape.Begin(training: true);
            float[] input = new float[64];
            new RandomSource(2).FillNormal(input, 1);
            tape.Backward(tape.Input(input, new Shape(8, 8)).Linear(weight), input);
            return weight.Gradient.ToArray();
        }
    }
}
