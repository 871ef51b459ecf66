using System.Globalization;
using Fukami.Lab;

namespace Fukami.Course;

/// <summary>A prediction beside what was measured, and the difference in words.</summary>
public static class PredictionText
{
    /// <summary>The figures, as one line.</summary>
    public static string Of(MeasuredPrediction prediction, Language language)
    {
        bool japanese = language == Language.Japanese;
        string measured = Number(prediction.Measured);
        if (prediction.Predicted is not { } predicted)
        {
            return japanese ? $"予想なし、測定 {measured}" : $"no prediction; measured {measured}";
        }

        string figures = japanese ? $"予想 {Number(predicted)}、測定 {measured}" : $"predicted {Number(predicted)}, measured {measured}";
        string close = prediction.Closeness < 1 ? "" : japanese ? "近い予想でした。" : " That is close.";
        return $"{figures}{(japanese ? "。" : ": ")}{Difference(prediction.Question, predicted, prediction.Measured, japanese)}{close}";
    }

    /// <summary>A figure as a person reads it.</summary>
    public static string Number(double value) => (Math.Abs(value) is 0 or (>= 1e-3 and < 1e5)
        ? value.ToString("G3", CultureInfo.InvariantCulture)
        : value.ToString("0.##E0", CultureInfo.InvariantCulture)).Replace('-', '−');

    private static string Difference(PredictQuestion question, double predicted, double measured, bool japanese)
    {
        if (question.Factor > 1 && predicted > 0 && measured > 0)
        {
            double ratio = measured / predicted;
            string times = Number(Math.Max(ratio, 1 / ratio));
            return ratio >= 1
                ? japanese ? $"測定値は予想の {times} 倍です。" : $"it is {times} times your figure."
                : japanese ? $"測定値は予想の {times} 分の 1 です。" : $"it is your figure divided by {times}.";
        }

        double difference = measured - predicted;
        return difference >= 0
            ? japanese ? $"予想より {Number(difference)} 大きい値です。" : $"it is larger by {Number(difference)}."
            : japanese ? $"予想より {Number(-difference)} 小さい値です。" : $"it is smaller by {Number(-difference)}.";
    }
}
