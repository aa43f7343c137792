using Decant.Export.Checks;

namespace Decant.Export;

/// <summary>A file that was exported and checked.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Precision">What its weights are written in.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Check">How it compares with the model.</param>
public sealed record ExportedFile(string Path, ExportPrecision Precision, long Bytes, CheckResult Check);
