using Decant.Distillation.Reports.Markup;

namespace Decant.Distillation.Reports.ModelCards;

/// <summary>The examples of use in a model card: Decant's command line and Python's <c>transformers</c>.</summary>
internal static class ModelCardUsage
{
    public static string Of(ModelCard card)
    {
        string directory = DirectoryName(card.Name);
        string pair = card.IsPair ? " --pair \"And this is the second.\"" : "";
        if (card.HasAdaptiveExit)
            return $"""
                A text leaves at the first layer that is sure enough; the speed, from 0 (all layers) to 1 (the first), says how sure that is:

                {MarkdownText.Block($"decant predict ./{directory} \"This is the text to judge.\"{pair} --speed 0.3", "shell")}
                Python's `transformers` has no such class; its `BertModel` reads the encoder alone.

                """;
        return $"""
            With Decant:

            {MarkdownText.Block($"decant predict ./{directory} --text \"This is the text to judge.\"{pair}", "shell")}
            With Python:

            {MarkdownText.Block(Python(card, directory), "python")}
            """;
    }

    private static string Python(ModelCard card, string directory) => card.PipelineTag switch
    {
        "text-classification" => $$"""
            from transformers import pipeline

            classify = pipeline("text-classification", model="./{{directory}}")
            print(classify({{(card.IsPair ? """{"text": "This is the text to judge.", "text_pair": "And this is the second."}""" : "\"This is the text to judge.\"")}}))
            """,
        "multiple-choice" => $$"""
            import torch
            from transformers import AutoModelForMultipleChoice, AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained("./{{directory}}")
            model = AutoModelForMultipleChoice.from_pretrained("./{{directory}}")
            passage, answers = "The passage.", ["first answer", "second answer", "third answer", "fourth answer"]
            inputs = tokenizer([passage] * len(answers), answers, padding=True, truncation=True, return_tensors="pt")
            with torch.no_grad():
                logits = model(**{name: value.unsqueeze(0) for name, value in inputs.items()}).logits
            print(answers[logits.argmax()])
            """,
        _ => $$"""
            from transformers import AutoModel, AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained("./{{directory}}")
            model = AutoModel.from_pretrained("./{{directory}}")
            print(model(**tokenizer("This is a text.", return_tensors="pt")).last_hidden_state.shape)
            """,
    };

    /// <summary>The name as a folder that needs no quoting in a shell or in Python.</summary>
    private static string DirectoryName(string name)
    {
        string plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')).Trim('-', '.');
        return plain.Length == 0 ? "model" : plain;
    }
}
