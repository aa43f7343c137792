using Decant.Text.Data.Files;

namespace Decant.Text.Augmentation;

/// <summary>One text a line and nothing else.</summary>
internal sealed class LinesAugmentation : AugmentationTable
{
    /// <inheritdoc/>
    public override string? Header() => null;

    /// <inheritdoc/>
    public override IEnumerable<AugmentationRow> Rows() => Utf8Lines.Read(Path).Select(line => new AugmentationRow([line.Text], texts => texts[0]));
}
