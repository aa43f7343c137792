namespace Decant.Distillation.Recipes;

/// <summary>Options with rules that span several keys; the binder asks for them after it has set every value.</summary>
public interface IRecipeRules
{
    /// <summary>What is wrong with these options taken together; nothing if all is well.</summary>
    IEnumerable<RecipeProblem> Problems();
}

/// <summary>One broken rule.</summary>
/// <param name="Key">The key, seen from the options, dots between levels; empty for the options as a whole.</param>
/// <param name="Message">What is wrong and what to do; it goes on from the key's name: "is missing; …".</param>
public readonly record struct RecipeProblem(string Key, string Message);

/// <summary>A value that is written in a recipe as one short text, list or map, such as a layer map.</summary>
/// <typeparam name="TSelf">The type itself. Its <see cref="object.ToString"/> gives a text that parses to an equal value.</typeparam>
public interface IRecipeText<TSelf> where TSelf : IRecipeText<TSelf>
{
    /// <summary>Reads the value. A list or map arrives in YAML's flow form, for example <c>[2, 4]</c> or <c>{1: 2}</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="DecantException">The text has no meaning; the message goes on from the key's name: "must be …".</exception>
    static abstract TSelf Parse(string text);
}
