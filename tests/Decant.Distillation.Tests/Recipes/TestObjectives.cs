using System.ComponentModel.DataAnnotations;
using Decant.Distillation.LayerMaps;
using Decant.Distillation.Recipes;

namespace Decant.Tests.Recipes;

/// <summary>Objectives that exist only to test how recipes are read.</summary>
internal static class TestObjectives
{
    public static ObjectiveCatalog Catalog { get; } = new ObjectiveCatalog()
        .Add<HardOptions>("hardLabels")
        .Add<SoftOptions>("softLabels")
        .Add<PatientOptions>("patience");

    public sealed record HardOptions
    {
        [Range(0.0, 1e6)] public double Weight { get; init; } = 1;
    }

    public sealed record SoftOptions
    {
        [Range(0.0, 1e6)] public double Weight { get; init; } = 1;
        [Range(0.0, 1000.0, MinimumIsExclusive = true)] public double Temperature { get; init; } = 1;
        public TestReduction Reduction { get; init; }
        public bool TemperatureSquared { get; init; } = true;
    }

    public sealed record PatientOptions
    {
        [Range(0.0, 1e6)] public double Weight { get; init; } = 1;
        public LayerMapRule Layers { get; init; } = LayerMapRule.Skip;
        public bool Normalize { get; init; } = true;
    }

    public enum TestReduction { BatchMean, MeanAll }
}
