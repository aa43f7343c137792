using Microsoft.AspNetCore.Http;

namespace Decant.Serving.Problems;

/// <summary>Errors as problem details (RFC 9457).</summary>
internal static class Problem
{
    public static IResult Of(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    /// <summary>A problem that goes away by itself.</summary>
    public static IResult Later(HttpContext context, int status, string detail, TimeSpan retryAfter)
    {
        context.Response.Headers.RetryAfter = Seconds(retryAfter);
        return Of(status, detail);
    }

    public static string Seconds(TimeSpan time) =>
        Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
