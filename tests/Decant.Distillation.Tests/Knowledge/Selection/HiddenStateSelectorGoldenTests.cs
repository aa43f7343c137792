using System.Text.Json;
using Decant.Distillation.Knowledge;
using Decant.Distillation.Knowledge.Selection;
using Decant.Torch;

namespace Decant.Tests.Knowledge.Selection;

/// <summary>Chosen positions and neurons against the released Marginal Utility code.</summary>
public class HiddenStateSelectorGoldenTests
{
    [SkippableFact]
    public void Positions_and_width_masks_are_the_official_ones()
    {
        using Golden golden = Golden.Open("mud_select");
        var mud = new MudGolden(golden);
        int compared = 0;
        foreach ((int number, JsonElement @case) in mud.Cases)
        {
            using var scope = new TensorScope();
            SelectionSource source = mud.Source();
            int[] layers = MudGolden.Indices(@case, "t_layer_indices"), attention = MudGolden.Indices(@case, "t_att_layer_indices");
            for (int j = 0; j < layers.Length; j++)
            {
                var request = new HiddenStateRequest(layers[j], MudGolden.Tokens(@case).RankedBy(attention[j] + 1), MudGolden.Neurons(@case), withPadding: true);
                SelectedHiddenState selected = HiddenStateSelector.Select(request, source);
                if (golden.Has($"out.{number}.token_indices_sorted.{j}"))
                {
                    Assert.Equal(golden.Ints($"out.{number}.token_indices_sorted.{j}"), selected.Positions!);
                    compared++;
                }
                string mask = golden.Has($"out.{number}.dim_mask") ? $"out.{number}.dim_mask" : $"out.{number}.mask.{j}";
                if (golden.Has(mask))
                {
                    Assert.Equal(Canonical(golden, mask, number, j), selected.KeptNeurons!.ToArray<int>());
                    compared++;
                }
                Assert.Null(selected.Counts);
            }
        }
        Assert.True(compared > 30, $"{compared} selections");
    }

    // The official masks follow the official order of tokens, which falls with the score; ours rises with the position.
    private static int[] Canonical(Golden golden, string mask, int number, int j)
    {
        int[] official = golden.Ints(mask);
        if (!golden.Has($"out.{number}.token_indices.{j}") || golden[mask].Rank == 1) return official;
        int[] order = golden.Ints($"out.{number}.token_indices.{j}");
        long width = golden[mask].Size(1), hidden = golden[mask].Size(2);
        return [.. Enumerable.Range(0, order.Length)
            .OrderBy(i => i / width).ThenBy(i => order[i])
            .SelectMany(i => official.AsSpan((int)(i * hidden), (int)hidden).ToArray())];
    }
}
