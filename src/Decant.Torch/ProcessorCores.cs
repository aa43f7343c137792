using System.Globalization;

namespace Decant.Torch;

/// <summary>
/// The cores that this process may use. Two hyper-threads of a core count once: they share its vector units, so matrix
/// products gain nothing from the second. (libtorch without MKL takes half of the logical processors, whatever they are.)
/// </summary>
internal static class ProcessorCores
{
    /// <summary>How many, from 1; not more than a container's limit.</summary>
    public static int Count() => Math.Clamp(Physical("/sys/devices/system/cpu", "/proc/self/status"), 1, Environment.ProcessorCount);

    /// <summary>Counts the cores behind the allowed processors; the number of processors where the system does not tell.</summary>
    internal static int Physical(string topology, string status)
    {
        try
        {
            const string key = "Cpus_allowed_list:";
            string? allowed = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal)) : null;
            if (allowed is null) return Environment.ProcessorCount;
            return Expand(allowed[key.Length..].Trim()).Select(processor => Siblings(topology, processor)).Distinct().Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return Environment.ProcessorCount;
        }
    }

    /// <summary>The numbers of a list such as <c>0-3,8</c>.</summary>
    internal static IEnumerable<int> Expand(string list)
    {
        foreach (string part in list.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture), last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int processor = first; processor <= last; processor++) yield return processor;
        }
    }

    private static string Siblings(string topology, int processor)
    {
        string file = Path.Combine(topology, string.Create(CultureInfo.InvariantCulture, $"cpu{processor}"), "topology", "thread_siblings_list");
        return File.Exists(file) ? File.ReadAllText(file).Trim() : processor.ToString(CultureInfo.InvariantCulture);
    }
}
