using Decant.Text.Tokenization.Pieces;

namespace Decant.Text.Tokenization;

public sealed partial class WordPieceTokenizer
{
    // Small enough to share the work evenly, large enough that handing it out costs nothing.
    private const int ChunkCharacters = 1 << 18;

    /// <summary>Encodes many texts at once, on several threads; the result does not depend on their number.</summary>
    /// <param name="texts">The texts, each alone or with a second one.</param>
    /// <param name="options">Maximum length, truncation and special tokens.</param>
    /// <param name="threads">How many threads to use, at least 1; null for one a processor.</param>
    /// <returns>The ids of all texts in the order given.</returns>
    /// <exception cref="DecantException">A text cannot be cut as the options ask; the message says which.</exception>
    public EncodedTexts EncodeBatch(
        IReadOnlyList<(string Text, string? Pair)> texts, EncodeOptions options, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(options);
        if (threads < 1) throw new DecantException($"EncodeBatch was asked to use {threads} threads; it needs at least 1.");

        int[] chunks = Split(texts);
        var ends = new int[texts.Count];
        var firstLengths = new int[texts.Count];
        var encoded = new PieceBuffer[chunks.Length - 1];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(threads ?? Environment.ProcessorCount, Math.Max(1, encoded.Length)) };
        try
        {
            Parallel.For(0, encoded.Length, parallel, Rent,
                (chunk, _, builder) =>
                {
                    encoded[chunk] = EncodeChunk(builder, texts, chunks[chunk], chunks[chunk + 1], options, ends, firstLengths);
                    return builder;
                },
                _idle.Add);
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<DecantException>().FirstOrDefault() is { } first)
        {
            throw new DecantException(first.Message, first);
        }
        return Join(encoded, chunks, ends, firstLengths);
    }

    private static PieceBuffer EncodeChunk(
        SequenceBuilder builder, IReadOnlyList<(string Text, string? Pair)> texts, int first, int last,
        EncodeOptions options, int[] ends, int[] firstLengths)
    {
        var output = new PieceBuffer(ChunkCharacters / 2); // English has a piece for about four characters
        for (int i = first; i < last; i++)
        {
            try
            {
                firstLengths[i] = builder.Append(texts[i].Text, texts[i].Pair, options, output);
            }
            catch (DecantException e)
            {
                throw new DecantException($"Text {i} of {texts.Count} (counted from 0): {e.Message}", e);
            }
            ends[i] = output.Count;
        }
        return output;
    }

    private static EncodedTexts Join(PieceBuffer[] encoded, int[] chunks, int[] ends, int[] firstLengths)
    {
        long total = encoded.Sum(buffer => (long)buffer.Count);
        if (total > Array.MaxLength)
            throw new DecantException($"The texts together have {total} pieces, more than one array holds ({Array.MaxLength}). Encode them in several batches.");
        int[] ids = GC.AllocateUninitializedArray<int>((int)total);
        var offsets = new int[ends.Length + 1];
        int start = 0;
        for (int chunk = 0; chunk < encoded.Length; chunk++)
        {
            encoded[chunk].Ids.CopyTo(ids.AsSpan(start));
            for (int i = chunks[chunk]; i < chunks[chunk + 1]; i++) offsets[i + 1] = start + ends[i];
            start += encoded[chunk].Count;
            encoded[chunk].Release();
        }
        return new EncodedTexts(ids, offsets, firstLengths);
    }

    /// <summary>Where each chunk of about equally many characters starts, and last the number of texts.</summary>
    private static int[] Split(IReadOnlyList<(string Text, string? Pair)> texts)
    {
        List<int> starts = [0];
        long characters = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            if (characters >= ChunkCharacters)
            {
                starts.Add(i);
                characters = 0;
            }
            (string text, string? pair) = texts[i];
            if (text is null) throw new DecantException($"Text {i} of {texts.Count} (counted from 0) is null; give an empty text instead.");
            characters += text.Length + (pair?.Length ?? 0) + 16;
        }
        if (texts.Count > 0) starts.Add(texts.Count);
        return [.. starts];
    }
}
