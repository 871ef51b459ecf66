namespace Fukami.Tensors.Tests;

/// <summary>What is noted comes back once, in order, until the thread has come to the step that reads it. Only addresses matter here: nothing is read.</summary>
public sealed unsafe class ReadAheadTests
{
    private static readonly nint Start = 1 << 20;

    [Fact]
    public void PiecesComeOneAfterAnotherInTheOrderInWhichTheyAreRead()
    {
        var ahead = Begun();
        ahead.GoOn();
        ahead.Note(At(0), 100);
        ahead.GoOn();
        ahead.Note(At(1000), 40);

        Assert.Equal(Start, (nint)ahead.Take(64));
        Assert.Equal((nint)At(64), (nint)ahead.Take(64)); // the rest, and a little more
        Assert.Equal((nint)At(1000), (nint)ahead.Take(64));
        Assert.True(ahead.Take(64) == null);
    }

    [Fact]
    public void WhatTheReachedStepReadsIsNoLongerAhead()
    {
        var ahead = Begun();
        for (int step = 1; step <= 4; step++)
        {
            ahead.GoOn();
            ahead.Note(At(1000 * step), 100);
        }

        ahead.Take(50);
        ahead.Reach(2);

        Assert.Equal((nint)At(3000), (nint)ahead.Take(100));
        Assert.Equal(4, ahead.Step);
        ahead.Reach(9); // steps that were never asked are not asked any more
        Assert.Equal(9, ahead.Step);
        Assert.True(ahead.Take(1) == null);
    }

    [Fact]
    public void ItSaysWhenItHasEnoughAndWantsMoreWhenSomeWasTaken()
    {
        var ahead = Begun();
        int noted = 0;
        for (; !ahead.HasEnough; noted++)
        {
            ahead.GoOn();
            ahead.Note(At(0), 3000);
        }

        Assert.Equal(3, noted);
        ahead.Take(3000);
        Assert.False(ahead.HasEnough);
    }

    [Fact]
    public void ManySmallPiecesAreEnoughTooAndNothingIsEverOverwritten()
    {
        var ahead = Begun();
        int noted = 0;
        for (int round = 0; round < 5; round++)
        {
            int first = noted;
            while (!ahead.HasEnough)
            {
                ahead.GoOn();
                ahead.Note(At(10 * noted), 1);
                ahead.Note(At((10 * noted) + 5), 1);
                noted++;
            }

            Assert.True(noted > first);
            for (int i = first; i < noted; i++)
            {
                Assert.Equal((nint)At(10 * i), (nint)ahead.Take(16));
                Assert.Equal((nint)At((10 * i) + 5), (nint)ahead.Take(16));
            }

            Assert.True(ahead.Take(16) == null);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData((1 << 18) + 1)]
    public void NothingAndWhatNoCacheHoldsAreNotNoted(long length)
    {
        var ahead = Begun();
        ahead.GoOn();
        ahead.Note(At(0), length);

        Assert.True(ahead.Take(16) == null);
    }

    private static ReadAhead Begun()
    {
        var ahead = new ReadAhead();
        ahead.Begin();
        return ahead;
    }

    private static float* At(int number) => (float*)Start + number;
}
