/**
 * What was recommended and what came of it, in files that training follows and evaluation reads.
 */
package org.mtl4j.serving.feedback;
