using System.Diagnostics;
using System.Text;

namespace VaultGrid.Operations.Tests.Telemetry;

/// <summary>One trace through four programs.</summary>
[Collection(WatchedGrid.Name)]
public sealed class TraceTests(WatchedGrid watched)
{
    [Fact]
    public async Task A_signature_is_one_trace_from_the_client_over_relay_and_grains_into_the_enclave()
    {
        var own = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is GridTracing.SourceName or "System.Net.Http",
            ActivityStopped = activity =>
            {
                lock (own) own.Add(activity);
            },
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var whole = new Activity("a test").Start();
        Assert.Equal("done", (await watched.SignAsync(2)).Value.State);
        whole.Stop();

        var trace = await watched.Collector.TraceAsync(
            whole.TraceId.ToHexString(), spans => spans.Any(span => span.Name == "enclave handles Perform"), TestContext.Current.CancellationToken);
        var inEnclave = trace.First(span => span.Name == "enclave handles Perform");
        var names = new List<string>();
        for (var span = inEnclave; span is not null; span = trace.FirstOrDefault(parent => parent.Id == span.Parent)) names.Add(span.Name);
        Assert.Equal(
        [
            "enclave handles Perform", "enclave Perform", "IEnclaveGrain.CallAsync", "IApprovalRequestGrain.ExecuteApprovedAsync",
            "IClusterBridgeGrain.ExecuteApprovedAsync", "POST /v1/requests/execute-approved",
        ], names);

        // On this side: the SDK's call, in it one attempt over HTTP, which the relay's span continues.
        var relay = trace.First(span => span.Name.StartsWith("POST", StringComparison.Ordinal));
        var attempt = own.Single(activity => activity.SpanId.ToHexString() == relay.Parent);
        var call = own.Single(activity => activity.SpanId == attempt.ParentSpanId);
        Assert.Equal(("vaultgrid POST", whole.SpanId), (call.OperationName, call.ParentSpanId));
        Assert.Equal("enclave", inEnclave.Tags["vaultgrid.reported_by"]);
        Assert.Equal("vaultgrid://client/local", trace.First(span => span.Name.StartsWith("POST", StringComparison.Ordinal)).Tags["vaultgrid.caller"]);
    }

    [Fact]
    public async Task A_refusal_is_in_the_trace_with_its_code()
    {
        using var whole = new Activity("a test").Start();
        Assert.Equal(RefusalCode.ApprovalQuorum, (await watched.SignAsync(1)).Refusal?.Code);
        var trace = await watched.Collector.TraceAsync(
            whole.TraceId.ToHexString(), spans => spans.Any(span => span.Tags.GetValueOrDefault("vaultgrid.refusal") == "approval.quorum"),
            TestContext.Current.CancellationToken);
        Assert.NotEmpty(trace);
    }

    [Fact]
    public async Task What_is_told_holds_no_request_no_digest_and_no_key()
    {
        using var whole = new Activity("a test").Start();
        await watched.SignAsync(2);
        await watched.Collector.TraceAsync(
            whole.TraceId.ToHexString(), spans => spans.Any(span => span.Name == "enclave handles Perform"), TestContext.Current.CancellationToken);
        var digest = ((SigningSubject.Digest)WatchedGrid.Digest).Value;
        byte[][] hidden = [Encoding.UTF8.GetBytes("no collector may see"), digest.ToArray(), Encoding.ASCII.GetBytes(digest.ToString()[2..]), Encoding.ASCII.GetBytes("PRIVATE KEY")];
        Assert.All(watched.Collector.Bodies, body => Assert.All(hidden, secret => Assert.True(body.AsSpan().IndexOf(secret) < 0)));
    }
}
