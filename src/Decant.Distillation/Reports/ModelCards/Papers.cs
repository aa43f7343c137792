namespace Decant.Distillation.Reports.ModelCards;

/// <summary>The papers behind the methods and data sets that Decant knows.</summary>
public static class Papers
{
    /// <summary>BERT.</summary>
    public static Paper Bert { get; } = new("devlin2019bert", "Devlin, Jacob and Chang, Ming-Wei and Lee, Kenton and Toutanova, Kristina",
        "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", "NAACL-HLT", 2019, "1810.04805");

    /// <summary>Knowledge distillation with soft labels.</summary>
    public static Paper SoftLabels { get; } = new("hinton2015distilling", "Hinton, Geoffrey and Vinyals, Oriol and Dean, Jeff",
        "Distilling the Knowledge in a Neural Network", "NIPS Deep Learning and Representation Learning Workshop", 2015, "1503.02531");

    /// <summary>Patient knowledge distillation (PKD).</summary>
    public static Paper Patience { get; } = new("sun2019patient", "Sun, Siqi and Cheng, Yu and Gan, Zhe and Liu, Jingjing",
        "Patient Knowledge Distillation for BERT Model Compression", "EMNLP-IJCNLP", 2019, "1908.09355");

    /// <summary>Hidden-state knowledge in depth, length and width.</summary>
    public static Paper HiddenStates { get; } = new("liu2021marginal", "Liu, Yuanxin and Meng, Fandong and Lin, Zheng and Wang, Weiping and Zhou, Jie",
        "Marginal Utility Diminishes: Exploring the Minimum Knowledge for BERT Knowledge Distillation", "ACL-IJCNLP", 2021, "2106.05691");

    /// <summary>Adaptive exit and self-distillation (FastBERT).</summary>
    public static Paper FastBert { get; } = new("liu2020fastbert", "Liu, Weijie and Zhou, Peng and Wang, Zhiruo and Zhao, Zhe and Deng, Haotang and Ju, Qi",
        "FastBERT: a Self-distilling BERT with Adaptive Inference Time", "ACL", 2020, "2004.02178");

    /// <summary>The GLUE benchmark.</summary>
    public static Paper Glue { get; } = new("wang2019glue", "Wang, Alex and Singh, Amanpreet and Michael, Julian and Hill, Felix and Levy, Omer and Bowman, Samuel R.",
        "GLUE: A Multi-Task Benchmark and Analysis Platform for Natural Language Understanding", "ICLR", 2019, "1804.07461");

    /// <summary>The RACE data set.</summary>
    public static Paper Race { get; } = new("lai2017race", "Lai, Guokun and Xie, Qizhe and Liu, Hanxiao and Yang, Yiming and Hovy, Eduard",
        "RACE: Large-scale ReAding Comprehension Dataset From Examinations", "EMNLP", 2017, "1704.04683");

    private static readonly Dictionary<string, Paper> Objectives = new(StringComparer.Ordinal) { ["softLabels"] = SoftLabels, ["patience"] = Patience, ["hiddenStates"] = HiddenStates, ["selfDistillation"] = FastBert };

    /// <summary>The papers of a model: BERT's and those of its objectives, each once.</summary>
    /// <param name="objectives">Names of objectives as recipes write them; those without a paper are passed over.</param>
    public static IReadOnlyList<Paper> For(IEnumerable<string> objectives) =>
        [Bert, .. objectives.Select(name => Objectives.GetValueOrDefault(name)).OfType<Paper>().Distinct()];
}
