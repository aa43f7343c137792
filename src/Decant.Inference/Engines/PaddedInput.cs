using Decant.Models;
using Decant.Text.Tokenization;
using Decant.Torch;

namespace Decant.Inference.Engines;

/// <summary>Texts as libtorch wants them: padded to the longest.</summary>
internal static class PaddedInput
{
    public static ModelInput Of(EncodedTexts texts, int first, int count, int paddingId, Device device)
    {
        int[] lengths = [.. Enumerable.Range(first, count).Select(texts.LengthOf)];
        int longest = lengths.Max();
        var ids = new int[count * longest];
        var types = new int[ids.Length];
        ids.AsSpan().Fill(paddingId);
        for (int row = 0; row < count; row++)
        {
            texts[first + row].CopyTo(ids.AsSpan(row * longest));
            types.AsSpan(row * longest, lengths[row])[texts.FirstLengths[first + row]..].Fill(1);
        }
        return ModelInput.Create(ids, types, lengths, device);
    }
}
