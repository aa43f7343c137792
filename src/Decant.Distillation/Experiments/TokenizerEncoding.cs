using Decant.Text.Batching;
using Decant.Text.Data;
using Decant.Text.Tokenization;

namespace Decant.Distillation.Experiments;

/// <summary>Data sets into token ids.</summary>
public static class TokenizerEncoding
{
    /// <summary>Encodes a data set as BERT reads it.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="data">The examples.</param>
    /// <param name="maxLength">Longest sequence, special tokens included.</param>
    public static EncodedDataSet Encode(this WordPieceTokenizer tokenizer, DataSet data, int maxLength)
    {
        // A question and its answer are short; it is the article that is cut (PKD, RACE).
        var options = new EncodeOptions { MaxLength = maxLength, Truncation = Truncation.LongestFirst };
        return EncodedDataSet.Encode(data, (text, pair, _, ids) =>
        {
            Encoding encoding = tokenizer.Encode(text, pair, options);
            ids.AddRange(encoding.Ids);
            return encoding.FirstLength;
        }, maxLength);
    }
}
