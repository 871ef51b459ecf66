using System.Globalization;
using Microsoft.Playwright;

namespace Fukami.Web.Tests;

/// <summary>How soon a change of a setting is on the screen: figures for <c>docs/study-app.md</c>, printed and never asserted. <c>bench/study-app</c> runs it.</summary>
public sealed class DragTimes(StudyHall hall) : StudyTest(hall)
{
    // From the defaults some stops up or down and back again, each time with a seed of which nothing is known. A chart counts once it shows other figures than
    // before and the browser has drawn it; the report counts once it is whole.
    private const string Drag = """
        async ({ setting, stops, steps }) => {
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
          slider.focus(); // as whoever is about to move it does
          for (let i = 0; i < steps; i++) {
            await change(seed, String(1000 + Math.floor(1e6 * Math.random())), 'change');
            for (const value of [Number(usual) + (i % 2 ? -stops : stops), usual]) {
              const [soon, late] = await change(slider, String(value), 'input');
              first.push(soon);
              whole.push(late);
            }
          }
          return [first, whole];
        }
        """;

    // Ten stops of the depth a second from the default on, with a seed of which nothing is known; what counts is how soon a chart has the last stop's layers.
    private const string Sweep = """
        async ({ drags, stops }) => {
          const slider = document.getElementById('set-depth-slider'), seed = document.getElementById('set-seed');
          const layers = plot => Math.max(...plot.data.filter(line => !line.fill).map(line => line.x.length)); // of lines: their bands may come later
          const pause = time => new Promise(done => setTimeout(done, time));
          const set = (control, value, kind) => { control.value = value; control.dispatchEvent(new Event(kind, { bubbles: true })); };
          const usual = slider.value, soon = [], drawings = [];
          for (let i = 0; i < drags; i++) {
            set(slider, usual, 'input');
            set(seed, String(1000 + Math.floor(1e6 * Math.random())), 'change');
            await pause(2000);
            const plot = document.querySelector('.js-plotly-plot'); // a run of over a second may have drawn its charts anew
            const seen = [], before = layers(plot);
            plot.on('plotly_afterplot', () => { const drawn = layers(plot); requestAnimationFrame(() => setTimeout(() => seen.push([drawn, performance.now()]))); });
            for (let stop = 1; stop <= stops; stop++) {
              await pause(100);
              set(slider, String(Number(usual) + (i % 2 ? -stop : stop)), 'input');
            }
            const last = performance.now();
            await pause(2000);
            plot.removeAllListeners('plotly_afterplot');
            soon.push(Math.min(...seen.filter(([drawn]) => drawn === layers(plot)).map(([, at]) => at)) - last);
            drawings.push(new Set(seen.map(([drawn]) => drawn).filter(drawn => drawn !== before)).size);
          }
          return [soon, drawings];
        }
        """;

    [Theory(Explicit = true)]
    [InlineData("depth", 1, 20)]
    [InlineData("width", 1, 10)]
    [InlineData("length", 1, 10)]
    [InlineData("seeds", 1, 10)]
    [InlineData("depth", 3, 20)]
    [InlineData("depth", 8, 20)]
    [InlineData("width", 3, 10)]
    public async Task A_change_at_the_defaults_of_gradient_flow_is_timed(string setting, int stops, int steps)
    {
        double[][] times = await (await DefaultsAsync()).EvaluateAsync<double[][]>(Drag, new { setting, stops, steps });
        string what = $"{setting}, {(stops == 1 ? "one stop" : $"{stops} stops")}";
        Tell($"{what} away, first figures", Away(times[0]));
        Tell($"{what} away, the whole report", Away(times[1]));
        Tell($"{what} back, first figures", Back(times[0]));
        Tell($"{what} back, the whole report", Back(times[1]));

        static double[] Away(double[] both) => [.. both.Where((_, i) => i % 2 == 0)];
        static double[] Back(double[] both) => [.. both.Where((_, i) => i % 2 == 1)];
    }

    [Fact(Explicit = true)]
    public async Task The_last_stop_of_a_drag_is_timed()
    {
        double[][] found = await (await DefaultsAsync()).EvaluateAsync<double[][]>(Sweep, new { drags = 20, stops = 6 });
        Tell("depth, the last of six stops of a drag", found[0]);
        TestContext.Current.TestOutputHelper!.WriteLine($"depth, stops of six that were drawn: {string.Join(' ', found[1])}");
    }

    private async Task<IPage> DefaultsAsync()
    {
        Visitor aki = await LearnerAsync();
        await aki.Page.GotoAsync("lab/gradient-flow");
        await aki.Page.LiveAsync();
        await aki.Page.WaitForFunctionAsync("() => document.querySelector('.report[data-fingerprint]') && [...document.querySelectorAll('figure.chart')].every(chart => chart.querySelector('.js-plotly-plot .main-svg'))");
        return aki.Page;
    }

    private static void Tell(string what, double[] milliseconds)
    {
        var spread = new Spread(milliseconds);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: median {spread.Median:0} ms, 95th percentile {spread.Percentile95:0} ms of {string.Join(' ', milliseconds.Select(time => time.ToString("0", CultureInfo.InvariantCulture)))}"));
    }
}
