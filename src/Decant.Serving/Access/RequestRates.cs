using System.Threading.RateLimiting;
using Decant.Serving.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Decant.Serving.Access;

/// <summary>Requests a second for each client: a bucket of tokens by address.</summary>
internal static class RequestRates
{
    /// <summary>The name of the policy.</summary>
    public const string Policy = "decant-serving";

    public static void AddTo(RateLimiterOptions limiter, Func<HttpContext, ServingOptions> options)
    {
        limiter.AddPolicy<string>(Policy, context => options(context).RequestsPerSecond is { } rate
            ? RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => Bucket(rate))
            : RateLimitPartition.GetNoLimiter(""));
        limiter.OnRejected = async (rejected, _) =>
        {
            TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan told) ? told : TimeSpan.FromSeconds(1);
            await Problem.Later(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "This client sends more requests a second than it may. Send several inputs in one request.", wait)
                .ExecuteAsync(rejected.HttpContext).ConfigureAwait(false);
        };
    }

    // Not by key: anybody can send any number of wrong ones, and each would get a bucket of its own.
    private static string Client(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static TokenBucketRateLimiterOptions Bucket(int rate) => new()
    {
        TokenLimit = rate,
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1) / rate,
        QueueLimit = 0,
    };
}
