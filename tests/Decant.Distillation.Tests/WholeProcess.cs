namespace Decant.Tests;

/// <summary>Tests that count live tensors: the count is of the whole process, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "Whole process";
}
