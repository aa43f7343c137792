using Decant.Text.Tokenization;

namespace Decant.Text.Batching;

/// <summary>
/// Encodes article and question for multiple choice: what is too long is cut from the end of the article, and from the
/// question and option only when nothing of the article is left. (PKD's code cuts whichever is longer, and with it
/// sometimes the option that is to be judged.)
/// </summary>
internal sealed class ArticleFirstEncoder(WordPieceTokenizer tokenizer)
{
    private readonly ThreadLocal<(PieceBuffer Article, PieceBuffer Question)> _buffers = new(() => (new(), new()));

    /// <summary>A <see cref="SequenceEncoder"/>.</summary>
    public int Encode(string article, string? question, int maxLength, List<int> ids)
    {
        (PieceBuffer first, PieceBuffer second) = _buffers.Value;
        first.Clear();
        second.Clear();
        tokenizer.EncodePieces(article, first);
        tokenizer.EncodePieces(question, second);
        int secondLength = Math.Min(second.Count, maxLength - 3);
        int firstLength = Math.Min(first.Count, maxLength - 3 - secondLength);
        ids.Add(tokenizer.Vocabulary.ClassificationId);
        ids.AddRange(first.Ids[..firstLength]);
        ids.Add(tokenizer.Vocabulary.SeparatorId);
        ids.AddRange(second.Ids[..secondLength]);
        ids.Add(tokenizer.Vocabulary.SeparatorId);
        return firstLength + 2;
    }
}
