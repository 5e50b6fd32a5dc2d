using System.Security.Cryptography;
using VaultGrid.Model.Certificates;

namespace VaultGrid.Model.Tests.Certificates;

public class RevocationListTests
{
    private static readonly ForgedGrid Grid = ForgedGrid.Shared;
    private static readonly DateTimeOffset Start = ForgedGrid.Start;
    private static readonly (byte[] Serial, DateTimeOffset Date)[] One = [([0x42], Start)];

    [Fact]
    public void A_good_list_says_what_was_written()
    {
        var list = RevocationList.Parse(Grid.AdminCa.List(12, Start, One)).Value;
        Assert.Equal((12ul, Start, Start.AddDays(7)), (list.Number, list.ThisUpdate, list.NextUpdate));
        Assert.Equal(Start, Assert.Single(list.Revoked, entry => entry.Key.ToString() == "42").Value);
    }

    [Fact]
    public void Anything_beyond_the_profile_is_refused()
    {
        Refused(Write(revoked: [.. One, .. One]));
        Refused(Write(number: 0));
        Refused(Write(nextUpdate: Start));
        Refused(Write(revoked: [([0x42], Start.AddSeconds(1))]));
        Refused(ForgedList.Write(Grid.AdminCa, 1, Start, Start.AddDays(7), [], more => ForgedCertificate.WriteExtension(more, "2.5.29.20", false, ForgedList.Integer(2))));
        Refused(ForgedList.Write(Grid.AdminCa, 1, Start, Start.AddDays(7), [], more => ForgedCertificate.WriteExtension(more, "2.5.29.27", true, ForgedList.Integer(1))));
        Refused(ForgedList.Write(Grid.AdminCa, 1, Start, Start.AddDays(7), [], more => ForgedCertificate.WriteExtension(more, "2.5.29.28", false, [0x30, 0])));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(6, false)]
    [InlineData(8, false)]
    public void A_revocation_is_final(byte reason, bool accepted)
    {
        var list = ForgedList.Write(Grid.AdminCa, 1, Start, Start.AddDays(7), One,
            entryExtensions: entry => ForgedCertificate.WriteExtension(entry, "2.5.29.21", false, [0x0A, 1, reason]));
        Assert.Equal(accepted ? null : RefusalCode.RevocationsMalformed, RevocationList.Parse(list).Refusal?.Code);
    }

    [Fact]
    public void A_list_signed_with_SHA1_or_over_the_size_limit_is_refused()
    {
        var weak = new ForgedCertificate(Grid.AdminCa.Identity, Grid.Root, Start) { SignatureOid = "1.2.840.10045.4.1", Hash = HashAlgorithmName.SHA1 };
        Refused(weak.List(1, Start));
        Refused(new byte[RevocationList.MaximumBytes + 1]);
    }

    [Fact]
    public void No_flipped_bit_leaves_a_list_that_is_taken()
    {
        var der = Grid.AdminCa.List(2, Start, One);
        for (var bit = 0; bit < der.Length * 8; bit++)
        {
            var flipped = der.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Grid.Trusted.TryAdd(ForgedGrid.Lists(flipped), ForgedGrid.Now).Refusal is not null, $"bit {bit} may be flipped");
        }
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var der = Grid.AdminCa.List(2, Start, One);
        for (var length = 0; length < der.Length; length++) Refused(der[..length]);
    }

    private static byte[] Write(ulong number = 1, DateTimeOffset? nextUpdate = null, (byte[] Serial, DateTimeOffset Date)[]? revoked = null) =>
        ForgedList.Write(Grid.AdminCa, number, Start, nextUpdate ?? Start.AddDays(7), revoked ?? []);

    private static void Refused(byte[] der) => Assert.Equal(RefusalCode.RevocationsMalformed, RevocationList.Parse(der).Refusal?.Code);
}
