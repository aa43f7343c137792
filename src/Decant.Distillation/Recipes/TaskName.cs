using System.Runtime.Serialization;

namespace Decant.Distillation.Recipes;

/// <summary>A task that the data readers know by name.</summary>
public enum TaskName
{
    /// <summary>The user's own files.</summary>
    [EnumMember(Value = "own")] Own,
    /// <summary>Text made on the spot by a seeded generator; needs no files.</summary>
    [EnumMember(Value = "synthetic")] Synthetic,
    /// <summary>GLUE: acceptability, one sentence, Matthews correlation.</summary>
    [EnumMember(Value = "cola")] Cola,
    /// <summary>GLUE: sentiment, one sentence, accuracy.</summary>
    [EnumMember(Value = "sst-2")] Sst2,
    /// <summary>GLUE: paraphrase, pair, F1 and accuracy.</summary>
    [EnumMember(Value = "mrpc")] Mrpc,
    /// <summary>GLUE: similarity from 0 to 5, pair, Pearson and Spearman.</summary>
    [EnumMember(Value = "sts-b")] StsB,
    /// <summary>GLUE: duplicate questions, pair, F1 and accuracy.</summary>
    [EnumMember(Value = "qqp")] Qqp,
    /// <summary>GLUE: inference with three classes, pair, accuracy.</summary>
    [EnumMember(Value = "mnli")] Mnli,
    /// <summary>GLUE: does the sentence answer the question, pair, accuracy.</summary>
    [EnumMember(Value = "qnli")] Qnli,
    /// <summary>GLUE: entailment, pair, accuracy.</summary>
    [EnumMember(Value = "rte")] Rte,
    /// <summary>GLUE: Winograd inference, pair, accuracy.</summary>
    [EnumMember(Value = "wnli")] Wnli,
    /// <summary>RACE: reading comprehension, one of four answers, accuracy.</summary>
    [EnumMember(Value = "race")] Race,
}

/// <summary>How a user's own file is written.</summary>
public enum FileFormat
{
    /// <summary>By the file's extension.</summary>
    Auto,
    /// <summary>Comma-separated, quoted as in RFC 4180.</summary>
    Csv,
    /// <summary>Tab-separated, quotes are ordinary characters.</summary>
    Tsv,
    /// <summary>One JSON object a line.</summary>
    Jsonl,
}
