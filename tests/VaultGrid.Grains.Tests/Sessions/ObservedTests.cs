using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace VaultGrid.Grains.Tests.Sessions;

/// <summary>What is measured and traced of a session, and that it says nothing of what is signed.</summary>
public sealed class ObservedTests
{
    [Fact]
    public async Task Every_round_has_a_span_and_every_session_a_measurement_without_digest_request_or_key()
    {
        await using var tripped = await TrippedSite.StartAsync();
        var said = new ConcurrentBag<string>();
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "VaultGrid.Sessions",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => said.Add($"{span.OperationName} {Text(span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(spans);
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => said.Add($"{instrument.Name} {Text([.. tags])}"));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => said.Add($"{instrument.Name} {Text([.. tags])}"));
        meters.Start();

        // At the door: before, the grid might notice that the node is gone and leave it out.
        var killed = false;
        tripped.Gateways.Before = async (node, kind, _) =>
        {
            if (killed || kind != EnclaveCallKind.OpenSession || node.ToString() != "2/1") return null;
            killed = true;
            await tripped.Site.Enclave("2/1").KillAsync();
            return null;
        };
        var signed = await tripped.SignAsync(1);
        foreach (var expected in new[]
        {
            "session.round protocol=threshold-ecdsa round=0 node=2/1", "session.round protocol=threshold-ecdsa round=1 node=3/1",
            "session.round protocol=threshold-ecdsa round=2 node=1/1", "session protocol=threshold-ecdsa",
            "vaultgrid.session.duration protocol=threshold-ecdsa prepared=False refusal=",
            "vaultgrid.session.round.duration protocol=threshold-ecdsa round=2 refusal=",
            "vaultgrid.session.aborts protocol=threshold-ecdsa round=0 reason=enclave.detached",
        }) Assert.Contains(expected, said);
        Assert.All(said, text =>
        {
            Assert.DoesNotContain(signed.Digest.ToString()[2..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(tripped.Key.Key.ToString()[2..], text, StringComparison.Ordinal);
            Assert.DoesNotContain("shared", text, StringComparison.Ordinal);
        });
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "VaultGrid.Sessions") listener.EnableMeasurementEvents(instrument);
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")));
}
