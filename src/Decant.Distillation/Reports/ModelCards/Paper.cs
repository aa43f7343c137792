namespace Decant.Distillation.Reports.ModelCards;

/// <summary>A publication to cite.</summary>
/// <param name="Key">BibTeX key.</param>
/// <param name="Authors">Authors in BibTeX form, joined by <c>and</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="Venue">Where it appeared.</param>
/// <param name="Year">When.</param>
/// <param name="ArXiv">Its arXiv number, if it has one.</param>
public sealed record Paper(string Key, string Authors, string Title, string Venue, int Year, string? ArXiv = null)
{
    /// <summary>The BibTeX entry, without a line end. Braces in a field are dropped, for unbalanced ones would break the file.</summary>
    public string ToBibTeX()
    {
        string arXiv = ArXiv is null ? "" : $",\n  eprint = {{{Clean(ArXiv)}}},\n  archivePrefix = {{arXiv}}";
        return $"@inproceedings{{{Clean(Key)},\n  author = {{{Clean(Authors)}}},\n  title = {{{{{Clean(Title)}}}}},\n  booktitle = {{{Clean(Venue)}}},\n  year = {{{Year}}}{arXiv}\n}}";
    }

    private static string Clean(string field) => string.Concat(field.Where(c => c is not ('{' or '}') && !char.IsControl(c)));
}
