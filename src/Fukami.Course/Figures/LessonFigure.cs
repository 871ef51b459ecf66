using Fukami.Lab;

namespace Fukami.Course;

/// <summary>The figures of lessons as pictures for a page: inline SVG that fetches nothing, in the colours of the page around it.</summary>
public static class LessonFigure
{
    /// <summary>What a figure can draw.</summary>
    public static IReadOnlyList<string> Names { get; } = ["residual-block", "layer", "tensor-axes", "attention"];

    /// <summary>The picture as SVG; none if there is no such drawing, or no such arrangement.</summary>
    /// <param name="figure">The figure. Its id makes those of the picture, which has to stand once on a page.</param>
    /// <param name="language">The language of its words.</param>
    public static string? Svg(FigureBlock figure, Language language) => Of(figure, language)?.Markup;

    /// <summary>The picture; none if there is no such drawing, or no such arrangement.</summary>
    internal static Html? Of(FigureBlock figure, Language language)
    {
        string id = $"figure-{figure.Id}";
        return figure.Draw switch
        {
            "residual-block" => new LayerPicture(LayerShape.ResidualBlock, language).ResidualBlock(id),
            "layer" => LayerShape.Of(ResidualOf(figure)) is { } shape ? new LayerPicture(shape, language).Layer(id, ResidualOf(figure)) : null,
            "tensor-axes" => AxesPicture.Draw(id, language),
            "attention" => AttentionPicture.Draw(id, language),
            _ => null,
        };
    }

    /// <summary>The arrangement that a figure of a layer draws.</summary>
    public static string ResidualOf(FigureBlock figure) => figure.Arguments.GetValueOrDefault("residual", "post");
}
