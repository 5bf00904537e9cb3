package org.mtl4j.data.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CodecsTest {
  enum Colour {
    RED,
    GREEN
  }

  record Leaves(
      int i, long l, float f, double d, boolean b, Integer boxed, String text, Colour colour) {}

  record Optionals(OptionalInt i, OptionalLong l, OptionalDouble d, Optional<String> text) {}

  record Arrays(int[] i, double[] d, float[] f, float[][] table, String[] texts) {}

  sealed interface Shape {}

  record Dot() implements Shape {}

  sealed interface Solid extends Shape {}

  record Ball(double radius) implements Solid {}

  /** Contains itself. */
  record Group(List<Shape> members, Map<String, Long> counts, Set<String> names) implements Shape {}

  /** No record. */
  static final class Name {
    private final String name;

    Name(String name) {
      this.name = name;
    }
  }

  record Two(Name one, Name other) {}

  record Unknown(int known, Optional<List<StringBuilder>> texts) {}

  sealed interface Odd permits Plain {}

  static final class Plain implements Odd {}

  record OfOdd(Odd odd) {}

  record Positive(int number) {
    Positive {
      if (number <= 0) {
        throw new IllegalArgumentException("expected a positive number");
      }
    }
  }

  record Whole(int number) {}

  private static <T> byte[] bytes(Codec<T> codec, T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(value, new ValueOutput(bytes));
    return bytes.toByteArray();
  }

  private static <T> T back(Codec<T> codec, T value) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes(codec, value));
    T back = codec.read(new ValueInput(in));
    assertThat(in.read()).as("nothing is left").isEqualTo(-1);
    return back;
  }

  private static <T> T back(Class<T> type, T value) throws IOException {
    return back(new Codecs().of(type), value);
  }

  @Test
  void leavesComeBackToTheLastBit() throws IOException {
    Leaves leaves =
        new Leaves(-1, Long.MIN_VALUE, -0f, Math.nextUp(1.0), true, 7, "é😀\n", Colour.GREEN);
    assertThat(back(Leaves.class, leaves)).isEqualTo(leaves);
    float odd = Float.intBitsToFloat(0x7fc00001);
    Leaves nan = new Leaves(0, 0, odd, Double.NaN, false, 0, "", Colour.RED);
    assertThat(Float.floatToRawIntBits(back(Leaves.class, nan).f())).isEqualTo(0x7fc00001);
  }

  @Test
  void containersComeBackInTheirOrder() throws IOException {
    for (Optionals value :
        List.of(
            new Optionals(
                OptionalInt.of(3), OptionalLong.of(-1), OptionalDouble.of(.5), Optional.of("a")),
            new Optionals(
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.empty()))) {
      assertThat(back(Optionals.class, value)).isEqualTo(value);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("z", 1L);
    counts.put("a", 2L);
    Group inner = new Group(List.of(), Map.of(), Set.of());
    Group group =
        new Group(
            List.of(new Dot(), new Ball(2), inner), counts, new TreeSet<>(Set.of("q", "b", "x")));
    Group found = back(Group.class, group);
    assertThat(found).isEqualTo(group);
    assertThat(found.counts().keySet()).containsExactly("z", "a");
    assertThat(found.names()).containsExactly("b", "q", "x");
  }

  @Test
  void arraysComeBack() throws IOException {
    Arrays arrays =
        new Arrays(
            new int[] {1, -2},
            new double[] {-0.0, 3},
            new float[0],
            new float[][] {{1, 2}, {3}},
            new String[] {"a", ""});
    assertThat(back(Arrays.class, arrays)).usingRecursiveComparison().isEqualTo(arrays);
  }

  @Test
  void whatIsSharedIsWrittenOnceAndComesBackAsOne() throws IOException {
    Codecs codecs = new Codecs();
    codecs.withShared(Name.class, codecs.of(String.class).as(Name::new, name -> name.name));
    Codec<Two> codec = codecs.of(Two.class);
    Name name = new Name("a name that takes some room");
    Two same = back(codec, new Two(name, name));
    assertThat(same.one()).isSameAs(same.other());
    assertThat(same.one().name).isEqualTo(name.name);
    Two equal = back(codec, new Two(name, new Name(name.name)));
    assertThat(equal.one()).isNotSameAs(equal.other());
    assertThat(bytes(codec, new Two(name, name)).length)
        .isLessThan(bytes(codec, new Two(name, new Name(name.name))).length - 20);
  }

  @Test
  void aTypeThatNobodyCanWriteIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> new Codecs().of(Unknown.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown.texts: expected a record, a sealed type of records, an enum, a number, a text,"
                + " an array of numbers or texts, or an optional, list, set or map of these, found"
                + " java.lang.StringBuilder");
    assertThatThrownBy(() -> new Codecs().of(OfOdd.class))
        .hasMessageStartingWith("OfOdd.odd(Plain): expected a record")
        .hasMessageEndingWith("found " + Plain.class.getName());
  }

  @Test
  void halfOfASurrogatePairIsRefusedAsItWouldComeBackAsAnother() {
    assertThatThrownBy(() -> bytes(new Codecs().of(String.class), "\ud83d"))
        .isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void bytesThatAreCutOffOrOfAnotherTypeAreAnError() throws IOException {
    Codec<Shape> shapes = new Codecs().of(Shape.class);
    Shape ball = new Group(List.of(new Ball(1)), Map.of("a", 1L), Set.of("b"));
    byte[] whole = bytes(shapes, ball);
    List<Class<?>> found = new ArrayList<>();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      try {
        shapes.read(new ValueInput(new ByteArrayInputStream(cut)));
        found.add(null);
      } catch (IOException e) {
        found.add(e.getClass());
      }
    }
    assertThat(found).doesNotContainNull();
    byte[] zero = bytes(new Codecs().of(Whole.class), new Whole(0));
    Codec<Positive> positive = new Codecs().of(Positive.class);
    assertThatThrownBy(() -> positive.read(new ValueInput(new ByteArrayInputStream(zero))))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("expected a positive number");
  }

  @Test
  void aStructureTellsWhatCanBeReadByNow() {
    Codecs codecs = new Codecs();
    String now = codecs.structure(Group.class);
    String path = CodecsTest.class.getName() + "$";
    assertThat(now)
        .contains(path + "Shape is ", path + "Ball of radius: double", path + "Solid is " + path);
    assertThat(codecs.unreadable(now, Group.class)).isEmpty();
    // A class that is new to a sealed type, a constant that is new to an enum: nobody wrote them.
    String earlier = now.replace(path + "Dot|", "").replace("|" + path + "Dot", "");
    assertThat(earlier).isNotEqualTo(now);
    assertThat(codecs.unreadable(earlier, Group.class)).isEmpty();
    String later = now.replace(path + "Dot|", path + "Dot|" + path + "Line|");
    assertThat(later).isNotEqualTo(now);
    assertThat(codecs.unreadable(later, Group.class))
        .hasValueSatisfying(line -> assertThat(line).startsWith(path + "Shape is "));
    assertThat(codecs.unreadable(now.replace("radius: double", "radius: float"), Group.class))
        .hasValue(path + "Ball of radius: float");
    assertThat(codecs.structure(Leaves.class)).contains(path + "Colour is GREEN|RED");
  }
}
