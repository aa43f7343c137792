using System.Text;
using Decant.Distillation.Recipes.Binding;

namespace Decant.Distillation.Recipes.Files;

/// <summary>Reads recipe files: YAML, what they extend, environment variables, and values set on the command line.</summary>
/// <param name="catalog">The objectives that recipes may name.</param>
public sealed class RecipeFile(ObjectiveCatalog catalog)
{
    private const long MostBytes = 1 << 20;

    /// <summary>Reads a recipe.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values to set over it, in order. Default: none.</param>
    /// <exception cref="RecipeException">The recipe is wrong; every problem has its file and line.</exception>
    public Recipe Load(string path, params IEnumerable<RecipeOverride> overrides) => Bind(ReadTree(path), path, overrides);

    /// <summary>Reads a recipe from text that extends nothing.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="source">Name for errors. Default: recipe.</param>
    /// <param name="overrides">Values to set over it, in order. Default: none.</param>
    /// <exception cref="RecipeException">The recipe is wrong.</exception>
    public Recipe Parse(string yaml, string source = "recipe", params IEnumerable<RecipeOverride> overrides) =>
        Bind(RecipeYaml.Parse(yaml, source), source, overrides);

    /// <summary>Reads a file and all that it extends into one tree, without binding it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecipeException">A file is missing, is not YAML, or extends itself.</exception>
    public static RecipeNode ReadTree(string path) => ReadTree(path, []);

    /// <summary>Reads a recipe from a tree.</summary>
    /// <param name="tree">What <see cref="ReadTree(string)"/> gave.</param>
    /// <param name="source">The file; the recipe is named after it if it has no name.</param>
    /// <param name="overrides">Values to set over it, in order. Default: none.</param>
    /// <exception cref="RecipeException">The recipe is wrong.</exception>
    public Recipe Bind(RecipeNode tree, string source, params IEnumerable<RecipeOverride> overrides)
    {
        foreach (RecipeOverride set in overrides) tree = set.Apply(tree);
        Recipe recipe = new RecipeBinder(catalog).Bind<Recipe>(tree);
        return recipe.Name is null ? recipe with { Name = NameFrom(source) } : recipe;
    }

    private static RecipeNode ReadTree(string path, IReadOnlyList<string> chain)
    {
        string full = Path.GetFullPath(path);
        if (chain.Contains(full))
            throw new RecipeException($"{path}: extends itself: {string.Join(" → ", chain.Append(full).Select(Path.GetFileName))}.");
        RecipeNode node = RecipeYaml.Parse(ReadText(path), path);
        if (node is not RecipeMap map || map.Find("extends") is not { } extends) return node;
        RecipeNode? merged = null;
        foreach (RecipeNode parent in extends is RecipeList list ? list.Items : [extends])
        {
            if (parent is not RecipeScalar { IsNull: false } file)
                throw RecipeException.At(parent.Origin, $"extends must be a file, or a list of files, but is {parent.Describe()}.");
            string parentPath = Path.Combine(Path.GetDirectoryName(path) ?? "", file.Text);
            if (!File.Exists(parentPath))
                throw RecipeException.At(file.Origin, $"extends {file.Text}, but there is no {parentPath}; the path starts from this file's folder.");
            RecipeNode tree = ReadTree(parentPath, [.. chain, full]);
            merged = merged is null ? tree : RecipeMerge.Merge(merged, tree);
        }
        return merged is null ? map.Without("extends") : RecipeMerge.Merge(merged, map.Without("extends"));
    }

    private static string ReadText(string path)
    {
        if (Directory.Exists(path)) throw new RecipeException($"{path}: is a folder; name a recipe file.");
        if (!File.Exists(path)) throw new RecipeException($"{path}: there is no such file.");
        if (new FileInfo(path).Length > MostBytes) throw new RecipeException($"{path}: is larger than 1 MiB; that is no recipe.");
        try
        {
            return File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw new RecipeException($"{path}: is not UTF-8 text; save it as UTF-8.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException($"{path}: cannot be read: {e.Message}");
        }
    }

    private static string NameFrom(string source)
    {
        string name = string.Concat(Path.GetFileNameWithoutExtension(source).Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) ? name : "recipe";
    }
}
