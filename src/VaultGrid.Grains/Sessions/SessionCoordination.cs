using Microsoft.Extensions.Options;

namespace VaultGrid.Grains.Sessions;

/// <summary>What a coordinator needs besides the session itself; one for the silo.</summary>
internal sealed class SessionCoordination(
    IClusterGateways gateways, SessionKeyBook keys, SessionHolderBook holders, SessionGrudges grudges, SessionLoad load, SessionKeyView view, TimeProvider time,
    IOptions<GridGrainOptions> options, SessionInstruments instruments)
{
    public IClusterGateways Gateways => gateways;

    public SessionKeyBook Keys => keys;

    public SessionHolderBook Holders => holders;

    public SessionGrudges Grudges => grudges;

    public SessionLoad Load => load;

    public SessionKeyView View => view;

    public TimeProvider Time => time;

    public SessionOptions Options => options.Value.Sessions;

    public SessionInstruments Instruments => instruments;
}
