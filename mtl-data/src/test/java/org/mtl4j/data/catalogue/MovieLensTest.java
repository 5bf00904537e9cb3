package org.mtl4j.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;

/** The formats of 1M and of 20M and later, in small. */
class MovieLensTest {
  @TempDir Path folder;

  private List<Map<String, String>> rows() {
    return SetFiles.rows(new MovieLens().open(folder));
  }

  @Test
  void oneMillionHasColonsAndUsersOfItsOwnOrder() {
    SetFiles.write(folder, "ml-1m/ratings.dat", "1::10::5::978300760", "2::11::3::978302109");
    SetFiles.write(folder, "ml-1m/users.dat", "1::F::1::10::48067", "2::M::56::16::70072");
    SetFiles.write(
        folder,
        "ml-1m/movies.dat",
        "10::Toy Story (1995)::Animation|Children's|Comedy",
        "11::\"Odd: Nameless::Drama");
    assertThat(rows())
        .satisfiesExactly(
            row ->
                assertThat(row)
                    .containsEntry("click", "1")
                    .containsEntry("purchase", "1")
                    .containsEntry("genres", "Animation|Children's|Comedy")
                    .containsEntry("release_year", "1995")
                    .containsEntry("gender", "F")
                    .containsEntry("age", "1")
                    .containsEntry("occupation", "10"),
            row ->
                assertThat(row)
                    .containsEntry("click", "0")
                    .containsEntry("purchase", "0")
                    .containsEntry("title", "\"Odd: Nameless")
                    .containsEntry("release_year", null)
                    .containsEntry("zip_code", "70072"));
  }

  private void writeLatest() {
    SetFiles.write(
        folder,
        "ratings.csv",
        "userId,movieId,rating,timestamp",
        "1,10,4.5,1",
        "1,11,3.5,2",
        "2,12,4.0,3");
    SetFiles.write(
        folder,
        "movies.csv",
        "movieId,title,genres",
        "10,\"American President, The (1995)\",Comedy|Drama",
        "11,Nothing (2001),(no genres listed)");
    SetFiles.write(
        folder,
        "tags.csv",
        "userId,movieId,tag,timestamp",
        "1,10,President,5",
        "2,10,president,6",
        "2,10,a|b,7");
  }

  @Test
  void latestHasTagsAndNoUsers() {
    writeLatest();
    List<Map<String, String>> rows = rows();
    assertThat(rows.get(0))
        .containsEntry("click", "1")
        .containsEntry("purchase", "0")
        .containsEntry("title", "American President, The (1995)")
        .containsEntry("genres", "Comedy|Drama")
        .containsEntry("tags", "president|a b")
        .doesNotContainKey("age");
    assertThat(rows.get(1)).containsEntry("genres", null).containsEntry("tags", null);
    assertThat(rows.get(2)).containsEntry("title", null).containsEntry("click", "1");
  }

  @Test
  void theThresholdsDecideTheLabelsAndTheFingerprint() {
    writeLatest();
    var config = new MovieLens.Config(List.of(folder.toString()), 3.5, 4.5);
    var source = new MovieLens().factory().create(config);
    assertThat(SetFiles.rows(source)).extracting(row -> row.get("click")).containsOnly("1");
    assertThat(SetFiles.rows(source))
        .extracting(row -> row.get("purchase"))
        .containsExactly("1", "0", "0");
    assertThat(source.fingerprint()).isNotEqualTo(new MovieLens().open(folder).fingerprint());
  }

  @Test
  void theFingerprintKnowsTheFilmsToo() {
    writeLatest();
    String before = new MovieLens().open(folder).fingerprint();
    SetFiles.write(folder, "tags.csv", "userId,movieId,tag,timestamp", "1,10,Other,5");
    assertThat(new MovieLens().open(folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void ratingsWithoutTheirFilmsAreRefused() {
    Path ratings = SetFiles.write(folder, "u.data", "1\t2\t3\t4");
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            ratings.resolveSibling("u.item")
                + ": Expected the films of movielens beside their ratings, found no such file. Keep"
                + " the set's files in one folder, as its archive has them.");
  }

  @Test
  void aFolderWithoutTheSetSaysHowToFetchIt() {
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            folder
                + ": Expected the data set movielens, found no file u.data or ratings.(dat|csv) in"
                + " the folder. Check data.source.path, or fetch the set: mtl datasets get movielens"
                + " --to "
                + folder
                + ".");
  }

  @Test
  void aCutLineNamesItself() {
    SetFiles.write(folder, "u.item", "1|a (1999)||||" + "0|".repeat(18) + "1");
    Path ratings = SetFiles.write(folder, "u.data", "1\t1\t3\t4", "1\t1\t3");
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            ratings
                + ", line 2: Expected 4 fields, found 3. Check that this is the file that the set"
                + " publishes, and whole.");
  }

  @Test
  void aRatingThatIsNoNumberIsRefused() {
    SetFiles.write(folder, "u.item", "1|a (1999)||||" + "0|".repeat(18) + "1");
    Path ratings = SetFiles.write(folder, "u.data", "1\t1\tgood\t4");
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            ratings
                + ": Expected numbers as ratings, found \"good\". Check that this is the file that"
                + " the set publishes.");
  }

  @Test
  void thresholdsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> new MovieLens.Config(List.of("x"), 5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("purchase_from: expected at least click_from, 5.0, found 4.0");
  }

  @Test
  void ratingsWithoutTimesAreRefused() {
    Path file = SetFiles.write(folder, "ratings.csv", "userId,movieId,rating", "1,10,4.5");
    SetFiles.write(folder, "movies.csv", "movieId,title,genres", "10,Toy Story (1995),Comedy");
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith(
            file + ", line 1: Expected a header with the column \"timestamp\", found ");
  }

  @Test
  void twoEditionsBelowOneFolderAreNotMixed() {
    String header = "userId,movieId,rating,timestamp";
    Path first = SetFiles.write(folder, "a/ratings.csv", header, "1,10,4.5,1");
    Path other = SetFiles.write(folder, "b/ratings.csv", header, "1,10,4.5,1");
    assertThatThrownBy(this::rows)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            other
                + ": Expected rows of one edition of movielens, found those of "
                + first
                + " too. Name the folder of one of them in data.source.path.");
  }
}
