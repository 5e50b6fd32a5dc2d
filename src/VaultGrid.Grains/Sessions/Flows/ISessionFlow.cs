namespace VaultGrid.Grains.Sessions;

/// <summary>
/// What differs between the protocols whose sessions this grid coordinates; everything else (opening parts, carrying packets, deadlines, new tries,
/// the journal, preparing) is <see cref="SessionDrive"/>'s and the session grain's and knows no protocol. Pure: no clock, no calls, no state.
/// </summary>
/// <remarks>
/// A protocol plugs in by one class, named in <see cref="SessionFlows"/> by its kind of key. What it can rely on: every participant is opened with the
/// same plan, all at once; a packet from one participant to another is held until <see cref="Takes"/> of that round have come for its receiver, then
/// brought in one step, so steps of different receivers run side by side; the first packet for the coordinator ends the run. A protocol of two rounds
/// in which everybody speaks to everybody answers <c>participants − 1</c> there, one with an aggregator picks the aggregator's place in
/// <see cref="Choose"/>, and a participant that stays silent costs a try: the next one is chosen without it.
/// </remarks>
internal interface ISessionFlow
{
    /// <summary>The protocol's name in session plans.</summary>
    string Protocol { get; }

    /// <summary>The protocol's version in session plans.</summary>
    byte Version { get; }

    /// <summary>The round in which a prepared session takes its request; null where the protocol prepares nothing.</summary>
    byte? RequestRound { get; }

    /// <summary>What sessions of a key need to know of it; null where it is no key of this protocol.</summary>
    SessionTerms? Terms(KeyReport key);

    /// <summary>Who takes part in the next try, in the protocol's order.</summary>
    /// <returns>The participants; <c>grid.unavailable</c> where too few are left that may, with who is missing.</returns>
    Outcome<ImmutableArray<NodeId>> Choose(SessionField field);

    /// <summary>How many packets of a round a receiver's step takes.</summary>
    int Takes(byte round, int participants);

    /// <summary>True for the participants that are brought the request of a prepared session before any packet of <see cref="RequestRound"/> exists.</summary>
    bool BeginsRequest(int place, int participants);

    /// <summary>Works out what an order's session is to come to.</summary>
    /// <param name="order">What is to be signed.</param>
    /// <param name="key">With what.</param>
    /// <returns>What reads the result; or why there can be none.</returns>
    Outcome<IExpectedResult> Expect(SessionOrder order, KeyReport key);
}

/// <summary>What sessions of a key need to know of it.</summary>
/// <param name="Needed">How many must take part (t, or f + 1).</param>
/// <param name="Clusters">The clusters whose nodes may.</param>
/// <param name="ShareVersion">The version of the shares.</param>
internal sealed record SessionTerms(int Needed, ImmutableArray<ClusterId> Clusters, uint ShareVersion);
