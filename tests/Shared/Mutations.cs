namespace Decant.Tests;

/// <summary>Seeded damage to a good file: flipped bits, changed bytes, cut ends, doubled and removed runs.</summary>
internal static class Mutations
{
    public static IEnumerable<byte[]> Of(byte[] original, int count, int seed, int within = int.MaxValue)
    {
        var random = new System.Random(seed);
        int reach = Math.Min(original.Length, within);
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = [.. original];
            switch (i % 5)
            {
                case 0:
                    bytes[random.Next(reach)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    for (int n = random.Next(1, 6); n > 0; n--) bytes[random.Next(reach)] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..random.Next(original.Length)];
                    break;
                case 3:
                    int from = random.Next(reach), length = random.Next(1, 17);
                    bytes = [.. bytes[..from], .. bytes[from..Math.Min(from + length, bytes.Length)], .. bytes[from..]];
                    break;
                default:
                    int at = random.Next(reach);
                    bytes = [.. bytes[..at], .. bytes[Math.Min(at + random.Next(1, 17), bytes.Length)..]];
                    break;
            }
            yield return bytes;
        }
    }
}
