using System.Text;

namespace Decant.Text.Tokenization.Formats;

/// <summary>Reads <c>vocab.txt</c>: UTF-8, one piece a line.</summary>
internal static class VocabularyFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The pieces in order. A byte order mark and CR before LF are no part of a piece.</summary>
    public static List<string> Read(string path)
    {
        ReadOnlySpan<byte> left = ReadBytes(path);
        if (left.StartsWith(System.Text.Encoding.UTF8.Preamble)) left = left[System.Text.Encoding.UTF8.Preamble.Length..];
        var pieces = new List<string>();
        while (!left.IsEmpty)
        {
            int end = left.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? left : left[..end];
            left = end < 0 ? default : left[(end + 1)..];
            if (line.EndsWith("\r"u8)) line = line[..^1];
            try
            {
                pieces.Add(Strict.GetString(line));
            }
            catch (DecoderFallbackException)
            {
                throw new DecantException($"{path}: line {pieces.Count + 1} is not UTF-8. A vocabulary is a UTF-8 text with one piece a line; convert the file, or check that it is a vocab.txt at all.");
            }
        }
        return pieces;
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DecantException($"{path} does not exist. Give a vocab.txt, a tokenizer.json or a model directory that holds one of them.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DecantException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
