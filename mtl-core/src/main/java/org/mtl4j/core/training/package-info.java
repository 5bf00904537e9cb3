/** The loop: the only room that owns a training session. */
package org.mtl4j.core.training;
