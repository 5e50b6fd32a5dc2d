using System.Diagnostics.Metrics;

namespace VaultGrid.Relay;

/// <summary>What the relay counts beside the web server's own figures.</summary>
internal static class RelayInstruments
{
    public const string MeterName = "VaultGrid.Relay";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("vaultgrid.relay.refusals", description: "Requests refused, by code.");
    private static readonly Counter<long> Strangers = Meter.CreateCounter<long>("vaultgrid.relay.strangers", description: "TLS handshakes refused.");

    public static void OnRefused(RefusalCode code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code.Name()));

    public static void OnStranger() => Strangers.Add(1);
}
