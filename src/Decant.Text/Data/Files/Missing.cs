namespace Decant.Text.Data.Files;

/// <summary>The error for a column or field that is not there: it names those that are, and the nearest.</summary>
internal static class Missing
{
    public static DecantException Name(string what, string wanted, IReadOnlyList<string> present, string place)
    {
        string? near = NearestName.Of(wanted, present);
        return new DecantException(
            $"{place}: there is no {what} '{wanted}'. {(present.Count == 0 ? "There are none." : $"There are {string.Join(", ", present)}.")}" +
            (near is null ? "" : $" Did you mean '{near}'?"));
    }
}
