namespace Decant.Torch.Tests;

/// <summary>Tests of what belongs to the whole process, such as live tensors and threads: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "Whole process";
}
