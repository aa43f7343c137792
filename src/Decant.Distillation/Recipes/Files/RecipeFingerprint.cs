using System.Security.Cryptography;
using System.Text;

namespace Decant.Distillation.Recipes.Files;

/// <summary>A short text that is the same for recipes that describe the same computation.</summary>
public static class RecipeFingerprint
{
    /// <summary>
    /// 16 hexadecimal digits of the SHA-256 of all effective values, save those that do not touch the figures:
    /// name, description, cite, output, threads, device, and the seeds, which tell runs of one recipe apart.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    public static string Fingerprint(this Recipe recipe)
    {
        Recipe bare = recipe with
        {
            Name = null, Description = null, Cite = null, Output = null, Threads = 0, Device = DeviceName.Auto, Seeds = [],
        };
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(RecipeWriter.ToYaml(bare)));
        return Convert.ToHexStringLower(hash)[..16];
    }
}
