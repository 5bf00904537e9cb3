/** What holds for the house as a whole: its walls, its poms and its pages. */
package org.mtl4j.architecture;
