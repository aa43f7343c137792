namespace Decant.Text.Data.Synthetic;

/// <summary>The words that the synthetic reviews are made of.</summary>
internal static class ReviewLexicon
{
    /// <summary>Things under review, each with its parts; all parts are singular.</summary>
    public static readonly (string Name, string[] Parts)[] Things =
    [
        ("camera", Words("lens zoom flash grip shutter viewfinder strap screen menu battery")),
        ("phone", Words("screen speaker keyboard charger case battery microphone display")),
        ("laptop", Words("hinge fan trackpad keyboard webcam charger display lid processor")),
        ("film", Words("plot acting music ending dialogue pacing script cast editing opening")),
        ("novel", Words("plot prose hero ending opening setting translation cover villain chapter")),
        ("album", Words("melody rhythm production voice cover opening finale lyric chorus")),
        ("hotel", Words("room breakfast view pool bed lobby bar bathroom location service")),
        ("restaurant", Words("soup bread service wine dessert terrace menu coffee salad steak")),
        ("game", Words("story soundtrack combat interface tutorial map finale controller villain")),
        ("bicycle", Words("frame saddle brake chain basket bell gear handlebar pedal")),
        ("tent", Words("zip floor roof porch pole bag window fabric")),
        ("kettle", Words("lid handle spout switch base finish cord filter")),
    ];

    public static readonly string[] Good = Words(
        "superb great excellent lovely wonderful brilliant delightful impressive charming solid pleasant clever fine good " +
        "splendid marvellous fantastic elegant reliable satisfying refreshing outstanding magnificent admirable perfect " +
        "enjoyable exquisite stunning graceful inspired flawless terrific");

    public static readonly string[] Bad = Words(
        "awful terrible dull bad poor dreadful horrible weak clumsy boring annoying disappointing flimsy mediocre tedious " +
        "shabby irritating hopeless miserable sloppy useless lousy feeble ugly appalling dismal wretched tiresome " +
        "pathetic unbearable faulty atrocious");

    public static readonly string[] Likes = Words("love adore admire enjoy like treasure");
    public static readonly string[] Dislikes = Words("hate detest loathe dislike despise resent");

    /// <summary>They change nothing about the side an adjective is on.</summary>
    public static readonly string[] Intensifiers = Words("very really quite truly rather utterly so absolutely remarkably simply");

    public static readonly string[] Negators = ["not", "never", "hardly", "far from", "anything but", "by no means", "scarcely"];

    public static readonly string[] Seems = Words("looks seems sounds feels appears");

    public static readonly (string Name, string Pronoun)[] People =
    [
        .. Words("kim anna maria nora clara ruth emma lucy sarah helen alice julia").Select(n => (n, "she")),
        .. Words("tom ben paul david peter george simon oscar henry martin frank leo").Select(n => (n, "he")),
        ("my sister", "she"), ("my mother", "she"), ("my aunt", "she"), ("my neighbour", "she"),
        ("my brother", "he"), ("my father", "he"), ("my uncle", "he"), ("the salesman", "he"),
    ];

    public static readonly string[] Months = Words("january february march april may june july august september october november december");
    public static readonly string[] Cities = Words("oslo vienna lisbon dublin prague boston geneva madrid berlin naples leeds bergen");
    public static readonly string[] Days = Words("monday tuesday wednesday thursday friday saturday sunday");
    public static readonly string[] Numbers = Words("two three four five six seven eight nine ten eleven twelve twenty");

    private static string[] Words(string list) => list.Split(' ');
}
