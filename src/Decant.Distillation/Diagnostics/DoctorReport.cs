using Decant.Torch;

namespace Decant.Distillation.Diagnostics;

/// <summary>What the doctor found.</summary>
/// <param name="Facts">Labels and values, in the order to show them.</param>
/// <param name="Speeds">Measured matrix products.</param>
/// <param name="Warnings">What will be slow or wrong, each with its remedy; empty on a healthy machine.</param>
public sealed record DoctorReport(
    IReadOnlyList<KeyValuePair<string, string>> Facts, IReadOnlyList<SpeedFigure> Speeds, IReadOnlyList<DoctorWarning> Warnings);

/// <summary>A measured speed of matrix products.</summary>
/// <param name="DType">Element type.</param>
/// <param name="Device">Where: <c>cpu</c> or <c>cuda:0</c>.</param>
/// <param name="Threads">CPU threads.</param>
/// <param name="Size">Rows and columns of the square matrices.</param>
/// <param name="GigaFlops">10⁹ floating-point operations per second.</param>
public sealed record SpeedFigure(DType DType, string Device, int Threads, int Size, double GigaFlops);

/// <summary>Something that makes Decant slow, and what to do about it.</summary>
/// <param name="Problem">One sentence.</param>
/// <param name="Remedy">One or two sentences, with the command to type where there is one.</param>
public sealed record DoctorWarning(string Problem, string Remedy);
