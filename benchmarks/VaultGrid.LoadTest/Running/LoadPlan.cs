namespace VaultGrid.LoadTest;

/// <summary>What load is put on.</summary>
/// <param name="Callers">Closed loop: how many callers.</param>
/// <param name="Rate">Open loop: calls per second; null for a closed loop.</param>
/// <param name="Duration">For how long.</param>
/// <param name="Mix">Which calls.</param>
internal sealed record LoadPlan(int Callers, double? Rate, TimeSpan Duration, OperationMix Mix)
{
    public override string ToString() => Rate is { } rate ? $"open loop, {rate:0.##} calls/s, {Mix}" : $"closed loop, {Callers} callers, {Mix}";
}
