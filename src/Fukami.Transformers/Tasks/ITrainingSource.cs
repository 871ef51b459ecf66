using Fukami.Tensors;

namespace Fukami.Transformers;

/// <summary>
/// Where training examples come from: a text, or a task that makes its own. What it gives depends on the random source handed in
/// and on nothing else, so a training can be repeated and resumed to the bit. Not thread-safe.
/// </summary>
public interface ITrainingSource
{
    /// <summary>One line that two sources share only if they give the same examples; a checkpoint keeps it.</summary>
    string Identity { get; }

    /// <summary>Tokens that a model of this source must know.</summary>
    int Vocabulary { get; }

    /// <summary>Positions of each example; for an encoder-decoder, of the decoder's side.</summary>
    int Length { get; }

    /// <summary>Positions of the encoder's side of each example; 0 if there is none.</summary>
    int SourceLength { get; }

    /// <summary>The mean loss in nats that no model can beat on new examples, if it is known.</summary>
    double? LeastLoss { get; }

    /// <summary>What turns its tokens into text; none for a task of symbols, and for a text whose tokenizer was handed in.</summary>
    ITokenizer? Tokenizer => null;

    /// <summary>Held-out examples: evaluation goes through all of them.</summary>
    int ValidationExamples { get; }

    /// <summary>Fills every row of a batch with training examples.</summary>
    /// <param name="batch">As <see cref="TrainingSourceExtensions.CreateBatch"/> makes it.</param>
    /// <param name="random">The examples are a function of this.</param>
    void Fill(TokenBatch batch, RandomSource random);

    /// <summary>Fills a batch with held-out examples <paramref name="first"/>, <paramref name="first"/> + 1, …; rows beyond the last have no targets.</summary>
    /// <param name="batch">As <see cref="TrainingSourceExtensions.CreateBatch"/> makes it.</param>
    /// <param name="first">0 to <see cref="ValidationExamples"/> − 1.</param>
    void FillValidation(TokenBatch batch, int first);
}
