using VaultGrid.Testing.Hardware;

namespace VaultGrid.Enclave.Tests;

/// <summary>The TPM adapter on swtpm.</summary>
public sealed class TpmAdapterTests : AdapterConformance
{
    private static readonly TpmPcrs Seven = TpmPcrs.Parse("7")!.Value;

    private readonly Lazy<SoftTpm> _tpm = new(() => new SoftTpm());
    private readonly Lazy<SoftTpm> _other = new(() => new SoftTpm());

    public TpmAdapterTests() => Assert.SkipUnless(SoftTpm.IsInstalled, "swtpm is not installed (packages swtpm and tpm2-tools)");

    protected override void Close()
    {
        if (_tpm.IsValueCreated) _tpm.Value.Dispose();
        if (_other.IsValueCreated) _other.Value.Dispose();
    }

    [Fact]
    public void A_changed_register_opens_nothing_until_the_machine_starts_as_before()
    {
        byte[] parameters;
        using (var adapter = Create())
        {
            parameters = adapter.NewParameters();
            adapter.SealingKey(parameters).Value.Dispose();
        }

        _tpm.Value.Extend(8);
        using (var adapter = Create()) adapter.SealingKey(parameters).Value.Dispose();

        _tpm.Value.Extend(7);
        using (var adapter = Create())
        {
            var refusal = adapter.SealingKey(parameters).Refusal;
            Assert.Equal(RefusalCode.StoreSealed, refusal?.Code);
            Assert.Contains("other values of PCR 7 than they have now", refusal?.Detail, StringComparison.Ordinal);
        }

        _tpm.Value.Restart();
        using (var adapter = Create()) adapter.SealingKey(parameters).Value.Dispose();
    }

    [Fact]
    public void Another_or_a_cleared_tpm_is_told_from_a_changed_register()
    {
        byte[] parameters;
        using (var adapter = Create()) parameters = adapter.NewParameters();
        using (var stranger = CreateOther()) Assert.Contains("another TPM", stranger.SealingKey(parameters).Refusal?.Detail, StringComparison.Ordinal);

        _tpm.Value.Clear();
        using (var adapter = Create()) Assert.Contains("cleared", adapter.SealingKey(parameters).Refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_holds_for_what_was_asked_and_tells_of_another_register()
    {
        var data = Hash256.Sha256([1, 2, 3]);
        TpmQuote quote;
        using (var adapter = Create())
        {
            quote = adapter.Quote(data)!;
            Assert.Equal(quote.Key.ToArray(), adapter.Quote(data)!.Key.ToArray());
        }

        Assert.Null(TpmQuoteCheck.Fault(quote, data));
        Assert.Equal("it was made over other data", TpmQuoteCheck.Fault(quote, Hash256.Sha256([1])));
        var changed = quote.Attested.ToArray();
        changed[^1] ^= 1;
        Assert.Equal("its signature is not over it", TpmQuoteCheck.Fault(quote with { Attested = changed }, data));
        Assert.NotNull(TpmQuoteCheck.Fault(quote with { Key = new byte[4] }, data));
        Assert.NotNull(TpmQuoteCheck.Fault(quote with { Signature = new byte[4] }, data));

        _tpm.Value.Extend(7);
        using var later = Create();
        Assert.NotEqual(TpmQuoteCheck.PcrDigest(quote), TpmQuoteCheck.PcrDigest(later.Quote(data)!));
    }

    [Fact]
    public void Changed_parameters_unseal_nothing_else()
    {
        byte[] parameters;
        using (var adapter = Create()) parameters = adapter.NewParameters();
        using var again = Create();
        for (var i = 0; i < parameters.Length; i += 5)
        {
            // The base of the counter (bytes 9 to 16) is no part of the sealed object: the store's own sealing authenticates it.
            if (i is >= 9 and < 17) continue;
            var changed = parameters.ToArray();
            changed[i] ^= 1;
            Assert.NotNull(again.SealingKey(changed).Refusal);
        }
    }

    [Fact]
    public void Other_switches_than_the_store_was_made_with_are_named()
    {
        byte[] parameters;
        using (var adapter = Create()) parameters = adapter.NewParameters();
        using (var adapter = TpmAdapter.Open(_tpm.Value.Tcti, TpmPcrs.Parse("0,7")!.Value, TpmCounter.Usual).Value)
            Assert.Contains("give --tpm-pcrs 7", adapter.SealingKey(parameters).Refusal?.Detail, StringComparison.Ordinal);
        using (var adapter = TpmAdapter.Open(_tpm.Value.Tcti, Seven, TpmCounter.First).Value)
            Assert.Contains("give --tpm-nv-index 0x01805647", adapter.SealingKey(parameters).Refusal?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tpm_that_is_not_there_is_refused() =>
        Assert.Contains("can't be reached", TpmAdapter.Open("device:/nonexistent/tpm", Seven, TpmCounter.Usual).Refusal?.Detail, StringComparison.Ordinal);

    [Fact]
    public void An_index_that_could_be_written_back_is_no_counter()
    {
        _tpm.Value.DefineOrdinary(TpmCounter.Usual);
        using var adapter = (TpmAdapter)Create();
        Assert.Contains("--tpm-nv-index", Assert.Throws<AdapterException>(() => adapter.Counter.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_counter_that_is_deleted_begins_above_where_it_was()
    {
        ulong before;
        using (var adapter = (TpmAdapter)Create())
        {
            adapter.Counter.Read();
            before = adapter.Counter.Increment();
            Assert.Equal(before, adapter.Counter.Read());
        }

        _tpm.Value.Undefine(TpmCounter.Usual);
        using (var adapter = (TpmAdapter)Create()) Assert.True(adapter.Counter.Read() > before);
    }

    private protected override IVaultAdapter Create() => Open(_tpm.Value);

    private protected override IVaultAdapter CreateOther() => Open(_other.Value);

    private static TpmAdapter Open(SoftTpm tpm) => TpmAdapter.Open(tpm.Tcti, Seven, TpmCounter.Usual).Value;
}
