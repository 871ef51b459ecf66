namespace Fukami.Lab.Tests;

public sealed class ReportCsvTests
{
    private static readonly Report Sample = new SampleExperiment().Run(new SampleExperiment().Defaults);

    [Fact]
    public void Csv_has_a_row_for_every_point()
    {
        string[] lines = Text(Sample).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("series,kind,quantity,unit,x_quantity,x,y,low,high", lines[0]);
        Assert.Equal("post,measured,gradient,,layer,1,1,0.5,2", lines[1]);
        Assert.Equal("post,measured,gradient,,layer,3,100,50,Infinity", lines[3]);
        Assert.Equal("pre,measured,gradient,,layer,2,0,0,NaN", lines[5]);
        Assert.Equal(7, lines.Length);
    }

    [Fact]
    public void A_name_with_a_comma_or_a_quote_is_quoted()
    {
        Series odd = Sample.Series[0] with { Name = "a,\"b\"" };
        Assert.Contains("\r\n\"a,\"\"b\"\"\",measured,gradient,", Text(Sample with { Series = [odd] }), StringComparison.Ordinal);
    }

    private static string Text(Report report)
    {
        using var writer = new StringWriter();
        ReportCsv.Write(report, writer);
        return writer.ToString();
    }
}
