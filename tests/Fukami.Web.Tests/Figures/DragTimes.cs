using System.Globalization;

namespace Fukami.Web.Tests;

/// <summary>How soon a change of a setting is on the screen: figures for <c>docs/study-app.md</c>, printed and never asserted. <c>bench/study-app</c> runs it.</summary>
public sealed class DragTimes(StudyHall hall) : StudyTest(hall)
{
    // From the defaults one stop up or down and back again, each time with a seed of which nothing is known. A chart counts once it shows other figures than
    // before and the browser has drawn it; the report counts once it is whole.
    private const string Drag = """
        async ({ setting, steps }) => {
          const slider = document.getElementById(`set-${setting}-slider`), seed = document.getElementById('set-seed');
          const plots = [...document.querySelectorAll('.js-plotly-plot')];
          const figures = plot => JSON.stringify(plot.data.map(line => line.y));
          const report = () => document.querySelector('.report')?.dataset.fingerprint;
          const pause = time => new Promise(done => setTimeout(done, time));
          const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
          const change = async (control, value, kind) => {
            const before = new Map(plots.map(plot => [plot, figures(plot)])), print = report();
            const other = new Promise(done => plots.forEach(plot => plot.on('plotly_afterplot', () => figures(plot) !== before.get(plot) && done())));
            const start = performance.now();
            control.value = value;
            control.dispatchEvent(new Event(kind, { bubbles: true }));
            await other;
            await drawn();
            const first = performance.now() - start;
            while (!report() || report() === print) await pause(5);
            await drawn();
            const whole = performance.now() - start;
            plots.forEach(plot => plot.removeAllListeners('plotly_afterplot'));
            await pause(700);
            return [first, whole];
          };
          const usual = slider.value, first = [], whole = [];
          for (let i = 0; i < steps; i++) {
            await change(seed, String(1000 + Math.floor(1e6 * Math.random())), 'change');
            for (const value of [Number(usual) + (i % 2 ? -1 : 1), usual]) {
              const [soon, late] = await change(slider, String(value), 'input');
              first.push(soon);
              whole.push(late);
            }
          }
          return [first, whole];
        }
        """;

    [Theory(Explicit = true)]
    [InlineData("depth", 20)]
    [InlineData("width", 10)]
    [InlineData("length", 10)]
    [InlineData("seeds", 10)]
    public async Task A_change_at_the_defaults_of_gradient_flow_is_timed(string setting, int steps)
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("lab/gradient-flow");
        await aki.Page.LiveAsync();
        await aki.Page.WaitForFunctionAsync("() => document.querySelector('.report[data-fingerprint]') && window.Plotly");
        double[][] times = await aki.Page.EvaluateAsync<double[][]>(Drag, new { setting, steps });
        Tell(setting, "first figures", times[0]);
        Tell(setting, "the whole report", times[1]);
    }

    private static void Tell(string setting, string what, double[] milliseconds)
    {
        var spread = new Spread(milliseconds);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{setting}, {what}: median {spread.Median:0} ms, 95th percentile {spread.Percentile95:0} ms of {string.Join(' ', milliseconds.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))}"));
    }
}
