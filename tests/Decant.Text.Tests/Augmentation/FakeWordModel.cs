using Decant.Text.Augmentation;
using Decant.Text.Tokenization;

namespace Decant.Text.Tests.Augmentation;

/// <summary>A language model that answers by rule, and keeps what it was asked.</summary>
internal sealed class FakeWordModel(Func<MaskedQuery, int[]> answer, int maxLength = 512) : IMaskedWordModel
{
    public static readonly string[] Pieces =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "the", "film", "good", "bad", "is", "fine", "un", "##usual", "##ly", ".", ",", "movie", "plot", "3"];

    public static WordPieceTokenizer Tokenizer { get; } = new(new Vocabulary(Pieces));

    public List<MaskedQuery> Asked { get; } = [];
    public int MaxLength => maxLength;

    public int[][] Predict(IReadOnlyList<MaskedQuery> queries, int count, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        Asked.AddRange(queries);
        return [.. queries.Select(q => answer(q).Take(count).ToArray())];
    }

    public static int[] Ids(params string[] pieces) => [.. pieces.Select(p => Array.IndexOf(Pieces, p))];

    public static string Text(int[] ids) => string.Join(' ', ids.Select(id => Pieces[id]));
}
