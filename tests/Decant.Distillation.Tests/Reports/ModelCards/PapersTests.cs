using Decant.Distillation.Reports.ModelCards;

namespace Decant.Distillation.Tests.Reports.ModelCards;

public class PapersTests
{
    [Fact]
    public void A_model_cites_bert_and_its_objectives_once() =>
        Assert.Equal([Papers.Bert, Papers.SoftLabels, Papers.Patience, Papers.HiddenStates], Papers.For(["hardLabels", "softLabels", "patience", "softLabels", "hiddenStates"]));

    [Fact]
    public void BibTeX() => Assert.Equal("""
        @inproceedings{sun2019patient,
          author = {Sun, Siqi and Cheng, Yu and Gan, Zhe and Liu, Jingjing},
          title = {{Patient Knowledge Distillation for BERT Model Compression}},
          booktitle = {EMNLP-IJCNLP},
          year = {2019},
          eprint = {1908.09355},
          archivePrefix = {arXiv}
        }
        """, Papers.Patience.ToBibTeX());

    [Fact]
    public void Braces_stay_balanced()
    {
        string entry = new Paper("k}", "a{{", "}{", "v\n", 2020).ToBibTeX();
        Assert.Equal(entry.Count(c => c == '{'), entry.Count(c => c == '}'));
    }
}
