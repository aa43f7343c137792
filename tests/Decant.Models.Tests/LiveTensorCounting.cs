namespace Decant.Models.Tests;

/// <summary>Tests that count live tensors: the count is of the whole process, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LiveTensorCounting
{
    public const string Name = "Live tensor counting";
}
