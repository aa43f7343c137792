namespace Decant.Text.Tokenization.Unicode;

/// <summary>Lower case and canonical decomposition of single code points.</summary>
internal static class NormalForm
{
    /// <summary>The most code points that one becomes.</summary>
    public const int MaxLength = 8;

    /// <summary>Lower-cases and then decomposes a code point, as asked; returns the length of the result. Marks are still in it.</summary>
    public static int Map(int codePoint, bool lowercase, bool decompose, Span<int> output)
    {
        UnicodeTable table = UnicodeTable.Default;
        Span<int> lowered = stackalloc int[2];
        int count = 1;
        lowered[0] = codePoint;
        if (lowercase) count = table.Lower(codePoint, lowered);
        if (!decompose)
        {
            lowered[..count].CopyTo(output);
            return count;
        }
        int length = 0;
        for (int i = 0; i < count; i++) length += table.Decompose(lowered[i], output[length..]);
        return length;
    }
}
